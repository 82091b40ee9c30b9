"""The first rows as plain HTML, for whoever opens the notebook without its kernel: no script, no key, a capped size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from rtwidget.replica.keys import Cell, Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.messages.cell_texts import encode
from rtwidget.widget.picture.static_numbers import number_cells

MOST_BYTES: Final = 64_000
"""Bytes of one saved table, so that notebooks stay small in git."""
MOST_CELL_TEXT: Final = 100
"""Characters of one saved cell."""
_MOMENT: Final = "%Y-%m-%d %H:%M:%S"
_NUMBERS: Final = frozenset({Kind.INT, Kind.FLOAT, Kind.NUMERIC})
_AS_IS: Final = 'class="tex2jax_ignore mathjax_ignore"'
"""Keeps MathJax, which notebooks and their converters have, from reading "$5 and $10" as a formula."""
_BREAK: Final = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_ODD: Final = [*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_VISIBLE: Final = (
    {code: 0x2400 + code for code in range(0x20)} | dict.fromkeys(_ODD, "␡") | {9: " "}
)
"""What has no looks of its own, as the grid draws it."""


@dataclass(frozen=True, slots=True)
class About:
    """What the rows of a picture are.

    Args:
        title: The table's name.
        total: How many rows there are.
        state: The table's state, such as "live".
        taken_at: When the picture was taken, in UTC.
        verified_at: When the rows were verified last, in UTC, or None when they never were.
    """

    title: str
    total: int
    state: str
    taken_at: datetime
    verified_at: datetime | None


def static_table(
    about: About, columns: Sequence[tuple[str, ShownColumn]], rows: Sequence[Row]
) -> str:
    """Return HTML of at most 64 kB.

    Args:
        about: What the rows are.
        columns: The names of the columns, and how they are drawn.
        rows: The first rows; as many of them are shown as fit into the size.
    """
    head = "".join(f"<th>{_text(name)}</th>" for name, _ in columns)
    frame = f"<table {_AS_IS}><thead><tr>{head}</tr></thead><tbody></tbody></table>"
    left = MOST_BYTES - _size(frame) - _size(_caption(about, len(rows)))
    body: list[str] = []
    # Whole columns, because their points are to stand in line.
    numbers = {
        place: number_cells(column, [row[place] for row in rows], MOST_CELL_TEXT)
        for place, (_, column) in enumerate(columns)
        if column.kind in _NUMBERS
    }
    for index, row in enumerate(rows):
        cells = [
            _cell(cell) if cell is None or place not in numbers else numbers[place][index]
            for place, cell in enumerate(row)
        ]
        line = f"<tr>{''.join(cells)}</tr>"
        left -= _size(line)
        if left < 0:
            break
        body.append(line)
    caption = _caption(about, len(body))
    # So many columns that their names alone are too much.
    if _size(frame) + _size(caption) > MOST_BYTES:
        return caption
    return caption + frame.replace("<tbody>", f"<tbody>{''.join(body)}")


def _caption(about: About, shown: int) -> str:
    total = about.total
    which = f"{total:,} rows" if shown == total else f"the first {shown:,} of {total:,} rows"
    taken = f"{about.taken_at:{_MOMENT}} UTC"
    if about.verified_at is None:
        when, picture = f"as of {taken}, not yet verified", "This is a saved picture"
    else:
        when = f"as of {about.verified_at:{_MOMENT}} UTC"
        picture = f"This is a saved picture, taken at {taken}"
    return static_line(about.title, f"{which}, {when} ({about.state}). {picture}")


def static_line(title: str, words: str) -> str:
    """Return HTML of what is known about a table without its rows, and of what to do."""
    return f"<p {_AS_IS}><b>{_text(title)}</b>: {_text(words)}; run the cell again for the live table.</p>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<td><i>null</i></td>"
    return f"<td>{_text(str(encode(cell, MOST_CELL_TEXT)))}</td>"


def _text(text: str) -> str:
    # In Markdown an empty line ends the HTML. A lone surrogate cannot be written to a file.
    visible = _BREAK.sub("⏎", text).translate(_VISIBLE)
    return escape(visible.encode("utf-8", "replace").decode())


def _size(text: str) -> int:
    return len(text.encode())
