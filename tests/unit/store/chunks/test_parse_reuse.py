"""What was parsed of a column stays beside it when rows change."""

from __future__ import annotations

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.arrow_texts import INSTANT
from rtwidget.store.cells.typed_arrays import typed_array
from rtwidget.store.rows import KeyedRows


def test_what_was_parsed_stays_when_a_row_changes() -> None:
    rows = KeyedRows(Schema((Column("id", "int8"), Column("at", "timestamptz")), ("id",)))
    for key in range(3):
        rows.put((key,), (key, f"2024-01-0{key + 1}T10:00:00+02:00"), 1)
    first = rows.snapshot(1)
    assert typed_array(first.parts[0].chunk.columns[1], INSTANT) is not None
    rows.put((1,), (1, "2025-01-01T10:00:00+02:00"), 2)
    later = rows.snapshot(2).parts[0].chunk.columns[1]
    found = later.derived[str(INSTANT)].to_pylist()
    assert [one.isoformat()[:13] for one in found] == ["2024-01-01T08", "2025-01-01T08", "2024-01-03T08"]  # fmt: skip
