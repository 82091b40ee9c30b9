"""Cells as the browser gets them: null, true, false, or text that keeps every digit."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from rtwidget.replica.keys import Cell, Key, NumberText, Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.number_text import INTEGER_DIGITS

MOST_TEXT: Final = 500
"""Characters of a cell that travel; the grid shows far fewer."""

MOST_WHOLE_TEXT: Final = 200_000
"""Characters of a cell whose row somebody looks at alone; more would make the page slow."""


def encode(cell: Cell, most_text: int = MOST_TEXT) -> str | bool | None:
    """Return one cell for the browser, its text cut after so many characters."""
    if cell is None or isinstance(cell, bool):
        return cell
    text = str(cell)
    return text if len(text) <= most_text else f"{text[: most_text - 1]}…"


def encode_rows(rows: Sequence[Row]) -> list[list[str | bool | None]]:
    """Return the rows of a window."""
    return [[encode(cell) for cell in row] for row in rows]


def encode_key(key: Key) -> str:
    """Return a key as one string that tells rows apart, whatever characters its parts hold."""
    return str(key[0]) if len(key) == 1 else repr(tuple(map(str, key)))


def decode_key(text: str, kinds: Sequence[Kind]) -> Key | None:
    """Return the key that travelled as this text, or None when it cannot be one.

    Args:
        text: What `encode_key` made of it.
        kinds: The kinds of the key columns.
    """
    if len(kinds) == 1:
        return _decoded(text, kinds[0])
    try:
        parts = ast.literal_eval(text)
    # All that Python's parser can say to a text of a stranger's, however deep or long.
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    whole = isinstance(parts, tuple) and len(parts) == len(kinds)
    if not (whole and all(isinstance(part, str) for part in parts)):
        return None
    cells = [_decoded(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    return None if None in cells else tuple(cell[0] for cell in cells if cell is not None)


# A tuple of one, because None, which says that there is none, is a cell as well.
def _decoded(text: str, kind: Kind) -> tuple[Cell] | None:
    match kind:
        case Kind.INT:
            digits = text.removeprefix("-")
            # Python reads other scripts' digits, too, and refuses numbers that are longer.
            plain = digits.isascii() and digits.isdigit() and len(digits) <= INTEGER_DIGITS
            return (int(text),) if plain else None
        case Kind.BOOL:
            return (text == "True",) if text in ("True", "False") else None
        case Kind.FLOAT | Kind.NUMERIC:
            return (NumberText(text),)
        case _:
            return (text,)
