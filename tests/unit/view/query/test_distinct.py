"""The values of a column, for a filter to choose from."""

from __future__ import annotations

from rtwidget.replica.keys import Cell, NumberText
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.rows import KeyedRows
from rtwidget.view.query.distinct import distinct
from tests.unit.view.query.looking import NEW_YORK, column

SCHEMA = Schema((Column("id", "int8"), Column("c")), ("id",))


def counted(*cells: Cell, type_name: str | None = None, limit: int = 50) -> list[tuple[Cell, int]]:
    schema = Schema((Column("id", "int8"), Column("c", type_name)), ("id",))
    rows = KeyedRows(schema, SegmentSizes(segment_rows=3, fold_rows=2, unfolded_rows=3))
    for number, cell in enumerate(cells):
        rows.put((number,), (number, cell), 1)
    return distinct(rows.snapshot(1), 1, limit)


def test_the_most_frequent_come_first_and_ties_by_their_text() -> None:
    assert counted("b", "a", "c", "c", None, "b", "c") == [("c", 3), ("b", 2), ("a", 1), (None, 1)]
    assert counted("b", "a", "c", "c", limit=2) == [("c", 2), ("a", 1)]


def test_values_that_differ_in_case_alone_stand_beside_each_other_in_one_order() -> None:
    for cells in (["b", "B", "a", "c"], ["B", "b", "c", "a"]):
        assert [value for value, _ in counted(*cells)] == ["a", "B", "b", "c"]


def test_what_looks_alike_is_one_value_and_truth_and_uuids_are_whole() -> None:
    alike = column(["a\tb", "a b", "a b", None], "text")
    assert distinct(alike, 1, 9, NEW_YORK) == [("a b", 3), (None, 1)]
    uuid = "018f6d2a-7c11-7abc-8def-0123456789ab"
    assert distinct(column([uuid], "uuid"), 1, 9, NEW_YORK) == [(uuid, 1)]
    assert distinct(column([True, True], "bool"), 1, 9, NEW_YORK) == [(True, 2)]


def test_values_come_as_the_database_wrote_them() -> None:
    yes_no = [True, False, True]
    moment = "2026-11-25T10:00:00.5+00:00"
    assert counted(moment, moment, type_name="timestamptz") == [(moment, 2)]
    assert counted(*yes_no, type_name="bool") == [(True, 2), (False, 1)]
    assert counted(NumberText("1.50"), 2, type_name="numeric") == [(NumberText("1.50"), 1), (2, 1)]
    assert counted(1, 2, 2) == [(2, 2), (1, 1)]


def test_a_column_of_many_sorts_is_told_apart_by_text() -> None:
    assert dict(counted(1, 2, 2, "many", "2", None)) == {"2": 3, "1": 1, "many": 1, None: 1}


def test_rows_that_went_do_not_count() -> None:
    rows = KeyedRows(SCHEMA)
    rows.put((1,), (1, "a"), 1)
    rows.put((2,), (2, "b"), 1)
    rows.snapshot(1)
    rows.remove((1,))
    assert distinct(rows.snapshot(2), 1, 10) == [("b", 1)]
    assert distinct(KeyedRows(SCHEMA).snapshot(1), 1, 10) == []
