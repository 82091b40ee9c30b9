"""Columns of which no type is known are kept as those of known types are."""

from __future__ import annotations

import numpy as np
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.arrow_texts import INSTANT
from rtwidget.store.cells.stored_column import Encoding
from rtwidget.store.cells.typed_arrays import typed_array
from rtwidget.store.frames.incremental_frame import next_frame
from rtwidget.store.frames.json_series import json_series
from rtwidget.store.rows import KeyedRows
from tests.unit.store.snapshots import json_text, number, snapshot_of


@pytest.mark.parametrize(
    ("cells", "encoding"),
    [
        ((None, "2024-01-01T10:00:00+00:00"), Encoding.MOMENT_UTC),
        (("2024-01-01T10:00:00.5", None), Encoding.MOMENT),
        (("2024-02-29",), Encoding.DATE),
        ((1, number("0.37")), Encoding.FLOAT),
        ((number("1.50"),), Encoding.NUMBER),
        ((number("1e-7"),), Encoding.NUMBER),
    ],
)
def test_the_first_cells_choose_how_a_column_is_kept(
    cells: tuple[Cell, ...], encoding: Encoding
) -> None:
    snapshot = snapshot_of({"a": cells})
    assert snapshot.parts[0].chunk.columns[1].encoding is encoding
    assert snapshot.column(1) == list(cells)


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


@pytest.mark.parametrize(
    ("before", "after"),
    [(True, 1), (1, True), (number("1.5"), "1.5"), (json_text("[1]"), "[1]")],
)
def test_a_cell_of_another_type_is_another_one(before: Cell, after: Cell) -> None:
    rows = KeyedRows(Schema((Column("id"), Column("data", "jsonb"), Column("n", "int4")), ("id",)))
    rows.put((1,), (1, before, 0), 1)
    assert rows.put((1,), (1, after, 0), 2) == frozenset({1})
    found = rows.snapshot(1).rows[0][1]
    assert (found, type(found)) == (after, type(after))


def test_a_frame_shares_what_nothing_touched_and_belongs_to_its_reader() -> None:
    rows = KeyedRows(Schema((Column("id"), Column("a"), Column("b")), ("id",)))
    for key in range(3):
        rows.put((key,), (key, key, number("0.5")), 1)
    before = next_frame(rows.snapshot(1), "float", (), None)
    rows.put((1,), (1, 7, number("0.5")), 2)
    after = next_frame(rows.snapshot(2), "float", (), before)
    assert after.frame["a"].tolist() == [0, 7, 2]
    assert before.frame["a"].tolist() == [0, 1, 2]
    assert np.shares_memory(after.frame["b"].to_numpy(), before.frame["b"].to_numpy())
    assert after.frame["b"].tolist() == [0.5] * 3


def test_json_that_no_object_can_hold_stays_text_and_is_told() -> None:
    deep, told = json_text("[" * 1200 + "]" * 1200), []
    snapshot = snapshot_of({"a": [deep, json_text("[1]")]}, {"a": "jsonb"})
    values = json_series(snapshot, 1, [], lambda *remark: told.append(remark))
    assert values.to_list() == [deep, [1]]
    assert [name for name, _ in told] == ["a"]
