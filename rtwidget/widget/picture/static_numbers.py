"""Columns of numbers in a saved picture: as the grid draws them, with the exact value where that is another text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from rtwidget.replica.keys import Cell, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.browser_text.floats import are_taken_for_floats
from rtwidget.view.messages.cell_texts import encode as cut

_PARTS: Final = re.compile(r"-?[\d,]+(?:\.(\d+))?(e[+-]\d+)?")
_FIGURE: Final = "\u2007"
"""A space as wide as a digit."""
_POINT: Final = "\u2008"
"""A space as wide as a point."""


def drawn_columns(
    schema: Schema, kinds: Sequence[Kind], rows: Sequence[Row], formats: Mapping[str, str]
) -> list[ShownColumn]:
    """Return how columns are drawn: numbers of unknown type may be floats (any thread)."""
    drawn = []
    for position, (column, kind) in enumerate(zip(schema.columns, kinds, strict=True)):
        is_name = ShownColumn.is_name_in(schema, column.name)
        may_be_float = kind is Kind.NUMERIC and column.type is None and not is_name
        is_float = may_be_float and are_taken_for_floats(row[position] for row in rows)
        format_ = formats.get(column.name)
        drawn.append(ShownColumn(kind, is_name, format=format_, floats=is_float))
    return drawn


def number_cells(column: ShownColumn, cells: Sequence[Cell], most_text: int) -> list[str]:
    """Return the HTML of a column of numbers, its decimal points in line as far as the font lets them (any thread).

    Args:
        column: How it is drawn.
        cells: Its cells; null is left to others, and empty here.
        most_text: After so many characters a text is cut.
    """
    # Stored as a table stores them, to be drawn by the very functions that draw for a search.
    drawn = column.drawn(encode(cells, column.kind))
    texts = cells if drawn is None else drawn.to_pylist()
    shown = ["" if text is None else str(cut(text, most_text)) for text in texts]
    # In a format of somebody's own they are as that says.
    ends = [_end(text) if column.format is None else None for text in shown]
    longest = max((end for end in ends if end is not None), default=0)
    return [
        "" if cell is None else _cell(str(cut(cell, most_text)), text, end, longest)
        for cell, text, end in zip(cells, shown, ends, strict=True)
    ]


def _cell(exact: str, shown: str, end: int | None, longest: int) -> str:
    # Separators hide nothing, so they alone need no exact value beside them.
    title = "" if exact == shown.replace(",", "") else f' title="{escape(exact)}"'
    lacking = 0 if end is None else longest - end
    point = _POINT if lacking and "." not in shown else ""
    spaces = point + _FIGURE * (lacking - len(point))
    return f'<td align="right"{title}>{escape(shown)}{spaces}</td>'


def _end(shown: str) -> int | None:
    """Return how many characters stand behind a number's whole part; None for what is no number."""
    found = _PARTS.fullmatch(shown)
    if found is None:
        return None
    decimals, power = found.groups(default="")
    return len(decimals) + bool(decimals) + len(power)
