"""The key by which texts are ordered as people look things up: neither case nor accents split the alphabet.

The key of a text is each of its characters casefolded and decomposed, without combining marks (Unicode's data in Python's
`unicodedata`); a character that this would make longer, such as a Hangul syllable, is its own. Keys are ordered by their UTF-8 bytes,
which is the order of code points, and texts of one key by their own bytes. So there is one order, whatever the collation of the database
and the language of the reader are.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.typed_arrays import TEXT

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

_LEADS: Final = ((0xC0, 0x1F), (0xE0, 0x0F), (0xF0, 0x07))
"""From which byte on a character has 2, 3 and 4 bytes in UTF-8, and which bits of that byte count."""
_WIDEST: Final = 4


def text_keys(texts: pa.Array) -> pa.Array:
    """Return the key of each text; that of null is empty (any thread).

    Args:
        texts: An array of the type `TEXT`.
    """
    lower = pc.ascii_lower(pc.fill_null(texts, "") if texts.null_count else texts)
    starts, data = text_buffers(lower)
    # Most columns are ASCII; their key is the lower case.
    if not len(data) or data.max() < _LEADS[0][0]:
        return lower
    keys = data.copy()
    kept = np.ones(len(data), np.bool_)
    places, dropped = _fold_wide(data, keys, kept)
    # How many bytes went before each text begins.
    gone = np.concatenate([[0], np.cumsum(dropped)])[np.searchsorted(places, starts)]
    buffers = [None, pa.py_buffer(starts - gone), pa.py_buffer(keys[kept])]
    return pa.Array.from_buffers(TEXT, len(texts), buffers)


def text_buffers(texts: pa.Array) -> tuple[Places, Bytes]:
    """Return where each text begins, with one place more for the end of the last, and the bytes of all (any thread)."""
    _, bounds, data = texts.buffers()
    starts = np.frombuffer(bounds, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    whole = np.frombuffer(data if data is not None else b"", np.uint8)
    return starts - starts[0], whole[starts[0] : starts[-1]]


def _fold_wide(data: Bytes, keys: Bytes, kept: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """Write the keys of characters of several bytes over those, and return where any changed and how many bytes each lost."""
    places = np.flatnonzero(data >= _LEADS[0][0])
    codes = _codes(data, places)
    # Few characters occur, however many texts there are, so Python looks at each once.
    distinct = np.flatnonzero(np.bincount(codes)).tolist()
    changes = {code: key for code in distinct if (key := _key_of(code)) is not None}
    order = np.full(max(distinct) + 1, -1, np.int64)
    order[list(changes)] = np.arange(len(changes))
    which = order[codes]
    if which.min() < 0:
        places, which = places[which >= 0], which[which >= 0]
    widths = np.array([len(chr(code).encode()) for code in changes], np.int64)
    lengths = np.array([len(key) for key in changes.values()], np.int64)
    table = np.array([list(key.ljust(_WIDEST, b"\0")) for key in changes.values()], np.uint8)
    for offset in range(max(widths, default=0)):
        at, who = places + offset, which
        if offset >= min(widths):
            here = widths[which] > offset
            at, who = at[here], which[here]
        keys[at] = table[who, offset]
        kept[at] = (lengths > offset)[who]
    return places, (widths - lengths)[which]


def _codes(data: Bytes, places: Places) -> Any:  # noqa: ANN401  (an array of code points)
    """Return the characters that begin at some places, none of which is ASCII."""
    first = data[places]
    codes = np.zeros(len(places), np.int32)
    for extra, (lead, bits) in enumerate(_LEADS, start=1):
        here = np.flatnonzero(first >= lead)
        value = (first[here] & bits).astype(np.int32)
        for offset in range(1, extra + 1):
            value = (value << 6) | (data[places[here] + offset] & 0x3F)
        codes[here] = value
    return codes


@lru_cache(maxsize=1 << 16)
def _key_of(code: int) -> bytes | None:
    """Return the key of one character, or None when it is its own."""
    text = chr(code)
    # Casefolded first: some characters become letters with marks by it.
    decomposed = unicodedata.normalize("NFD", text.casefold())
    key = "".join(one for one in decomposed if not unicodedata.combining(one)).encode()
    own = text.encode()
    return None if key == own or len(key) > len(own) else key
