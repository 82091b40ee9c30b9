"""Tables to look through, and what is found in them."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.number_text import number_cell
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.query.arrangement import arrange
from rtwidget.view.query.view_query import ColumnFilter, ShownAs, Test, ViewQuery
from tests.unit.store.snapshots import snapshot_of

NEW_YORK = ShownAs("America/New_York", {"share": ".1%"})


def found(
    snapshot: Snapshot, test: Test | None = None, search: str = "", shown_as: ShownAs = NEW_YORK
) -> list[int]:
    """Return the places of the rows that are found, by a filter of the column `c` or by a search."""
    filters = () if test is None else (ColumnFilter(snapshot.schema.names[1], test),)
    made = arrange(snapshot, ViewQuery((), filters, search, shown_as))
    places: list[int] = made.slots.tolist()
    return places


def column(cells: Sequence[Cell], type_name: str, name: str = "c") -> Snapshot:
    keys: list[Cell] = [f"row {chr(97 + place)}" for place in range(len(cells))]
    return snapshot_of({"id": keys, name: cells}, {"id": "text", name: type_name})


def numbers(*texts: str) -> list[Cell]:
    return [number_cell(text) for text in texts]


MOMENTS = column(
    [
        "2026-03-15T02:30:00.25+00:00",  # 2026-03-14 22:30:00 in New York
        "2026-03-14T22:30:00+00:00",  # 18:30:00
        "2026-11-01T05:30:00+00:00",  # 01:30:00, summer time
        "2026-11-01T06:30:00+00:00",  # 01:30:00 again
        "2026-11-01T05:50:00+00:00",  # 01:50:00, between them
        None,
    ],
    "timestamptz",
)
