"""Columns to draw, and what is drawn of them."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.number_text import number_cell
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.query.view_query import ShownAs
from tests.unit.store.snapshots import snapshot_of

READER = ShownAs("America/New_York", {"price": ",.2f", "all": "exact"}, frozenset({"ratio"}))


def drawn(
    cells: Sequence[Cell], type_name: str, name: str = "c", shown_as: ShownAs = READER
) -> list[str | None]:
    """Return what is drawn of cells, or what the database wrote where that is drawn."""
    snapshot = snapshot_of({name: cells}, {name: type_name})
    column = ShownColumn.of(snapshot, 1, shown_as)
    stored = snapshot.parts[0].chunk.columns[1]
    found = column.drawn(stored)
    if found is None:
        written = column.written(stored, "")
        assert written is not None
        found = written[0]
    texts: list[str | None] = found.to_pylist()
    return texts


def numbers(*texts: str) -> list[Cell]:
    return [number_cell(text) for text in texts]
