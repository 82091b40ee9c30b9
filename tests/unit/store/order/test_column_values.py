"""A column of a snapshot as values of one type, or as the text that the database wrote, of the rows that are there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.order.column_values import (
    float_column,
    is_text,
    present_values,
    two_sorts,
    typed_column,
    written_texts,
)
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot
from tests.unit.store.snapshots import json_text, number, snapshot_of


def in_two_chunks(*cells: object) -> Snapshot:
    """Return a column of unknown type in chunks of two rows."""
    rows = KeyedRows(Schema((Column("id", "int8"), Column("c")), ("id",)), SegmentSizes(2, 1, 1))
    for key, cell in enumerate(cells):
        rows.put((key,), (key, cell), 1)  # type: ignore[arg-type]
    return rows.snapshot(1)


def test_the_first_type_that_holds_all_chunks_is_taken_else_text() -> None:
    snapshot = in_two_chunks(1, 2, number("0.5"), 4)
    types = (pa.int64(), pa.float64())
    assert typed_column(snapshot, 1, types).type == pa.float64()
    assert typed_column(snapshot, 1, types[:1]).to_pylist() == ["1", "2", "0.5", "4"]
    assert typed_column(snapshot, 1, ()).type == TEXT


def test_floats_are_all_or_nothing() -> None:
    exact = in_two_chunks(1, number("0.5"), number("0.25"))
    found = float_column(exact, 1, rounding=False)
    assert found is not None
    assert found.to_pylist() == [1.0, 0.5, 0.25]
    odd = in_two_chunks(1, number("0.5"), number("0.12345678901234567890"))
    assert float_column(odd, 1, rounding=False) is None
    assert float_column(odd, 1, rounding=True) is not None


def test_rows_that_are_gone_have_no_values() -> None:
    rows = KeyedRows(Schema((Column("id", "int8"), Column("c", "int4")), ("id",)))
    for key in range(4):
        rows.put((key,), (key, key * 10), 1)
    rows.remove((1,))
    snapshot = rows.snapshot(1)
    whole = typed_column(snapshot, 1, (pa.int64(),))
    assert present_values(whole, snapshot, None).to_pylist() == [0, 20, 30]
    assert present_values(whole, snapshot, np.array([3, 0])).to_pylist() == [30, 0]


def test_text_is_as_the_database_wrote_it() -> None:
    cells = ["2024-01-01T10:00:00", "2024-01-02T10:00:00.5"]
    snapshot = snapshot_of({"at": cells, "j": ["a", json_text("[1]")]}, {"j": "jsonb"})
    assert written_texts(snapshot, 1, None).to_pylist() == cells
    assert written_texts(snapshot, 2, np.array([1, 0])).to_pylist() == ["[1]", "a"]


def test_a_column_is_text_only_if_every_value_is() -> None:
    snapshot = snapshot_of(
        {"t": ["a", None], "n": [1, 2], "m": ["a", 1], "j": [json_text("{}"), "x"]}
    )
    assert [is_text(snapshot, position) for position in range(1, 5)] == [True, False, False, True]


def test_two_sorts_of_values_are_found_if_there_are_two() -> None:
    assert two_sorts([None, 1, 2, "a", True]) == (1, "a")
    assert two_sorts([None, 1, 2]) == (1, 1)
    assert two_sorts([]) == (None, None)
