"""A picture of a few people."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.replica.keys import Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.widget.picture.static_table import About, static_table

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


LATER = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)


KINDS = {"id": Kind.INT, "name": Kind.TEXT, "score": Kind.NUMERIC}


COLUMNS = [(name, ShownColumn(kind)) for name, kind in KINDS.items()]


TEXT = ShownColumn(Kind.TEXT)


def picture(rows: list[Row], total: int | None = None) -> str:
    count = len(rows) if total is None else total
    return static_table(About("people", count, "live", LATER, NOON), COLUMNS, rows)
