"""Which name PostgREST takes a mistyped one for: the search of its library fuzzyset, with the score that it demands. Pure.

Names that share a trigram (else a bigram) are looked at, the 50 most alike; the one that takes the fewest edits wins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

LEAST_SCORE: Final = 0.75
"""What PostgREST demands of a table's name."""
_GRAM_SIZES = (3, 2)
# Edits are counted for so many names only, because that is slow.
_COMPARED = 50


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that a name is most like, or None when none is like enough.

    Args:
        name: What was asked for.
        known: The names that there are.
    """
    key = name.lower()
    exact = next((one for one in known if one.lower() == key), None)
    if exact is not None:
        return exact
    for size in _GRAM_SIZES:
        wanted = _grams(key, size)
        likely = sorted(known, key=lambda one: -_cosine(wanted, _grams(one.lower(), size)))
        scored = [
            (_score(key, one.lower()), one)
            for one in likely[:_COMPARED]
            if wanted.keys() & _grams(one.lower(), size).keys()
        ]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
        if best[0] >= LEAST_SCORE:
            return best[1]
    return None


def _grams(text: str, size: int) -> Counter[str]:
    # As fuzzyset does: what is no letter, digit, space or comma does not count.
    kept = "".join(char for char in text if char.isalnum() or char.isspace() or char == ",")
    framed = f"-{kept}-"
    return Counter(framed[at : at + size] for at in range(len(framed) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[gram] for gram, count in one.items())
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0


def _score(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    return 1.0 - _edits(one, other) / longest if longest else 1.0


def _edits(one: str, other: str) -> int:
    """Return Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, theirs in enumerate(other, 1):
            kept = before + (char != theirs)
            before, row[place] = row[place], min(kept, row[place] + 1, row[place - 1] + 1)
    return row[-1]
