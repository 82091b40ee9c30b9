"""Cells as the browser gets them: null, true, false, or text that keeps every digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rtwidget.replica.keys import Cell, Key, Row

MOST_TEXT: Final = 500
"""Characters of a cell that travel; the grid shows far fewer."""


def encode(cell: Cell) -> str | bool | None:
    """Return one cell for the browser."""
    if cell is None or isinstance(cell, bool):
        return cell
    text = str(cell)
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"


def encode_rows(rows: Sequence[Row]) -> list[list[str | bool | None]]:
    """Return the rows of a window."""
    return [[encode(cell) for cell in row] for row in rows]


def encode_key(key: Key) -> str:
    """Return a key as one string that tells rows apart, whatever characters its parts hold."""
    return str(key[0]) if len(key) == 1 else repr(tuple(map(str, key)))
