"""Keep the README short enough to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MOST_LINES: Final = 150
MOST_CHARACTERS: Final = 119


def wrong_readme(text: str) -> Iterator[str]:
    """Yield a line for each way in which it is too long.

    Args:
        text: The README.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        yield f"README.md: {len(lines)} lines; {MOST_LINES} are allowed, the rest is for docs/."
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_CHARACTERS:
            yield f"README.md:{number}: {len(line)} characters; a line has fewer than {MOST_CHARACTERS + 1}."
