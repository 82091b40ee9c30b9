"""An order made from the one before equals the order made whole, whatever changed in between."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.keys import Cell, NumberText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.order.ordering import Order
from rtwidget.store.rows import KeyedRows
from rtwidget.view.query import arrangement
from rtwidget.view.query.arrangement import NOTHING, Arrangement, arrange
from rtwidget.view.query.view_query import (
    Between,
    ColumnFilter,
    Contains,
    IsNull,
    OneOf,
    StartsWith,
    ViewQuery,
)

SCHEMA = Schema(
    (Column("id", "int8"), Column("n", "float8"), Column("name", "text"), Column("ok", "bool")),
    ("id",),
)
SMALL = SegmentSizes(segment_rows=16, fold_rows=4, unfolded_rows=6)
Change: TypeAlias = tuple[int, Cell, Cell, Cell]

numbers = st.one_of(st.none(), st.integers(-3, 3), st.sampled_from([NumberText("0.5"), "NaN"]))
changes = st.lists(
    st.tuples(
        st.integers(0, 60),
        numbers,
        st.one_of(st.none(), st.sampled_from(["a", "B", "ab", "c", "", "Á", "á", "À b", "b"])),
        st.one_of(st.none(), st.booleans()),
    ),
    max_size=40,
)
orders = st.lists(
    st.builds(Order, st.sampled_from(["n", "name", "ok", "gone"]), st.booleans(), st.booleans()),
    max_size=3,
).map(tuple)
tests = st.sampled_from(
    [
        ColumnFilter("name", Contains("A")),
        ColumnFilter("n", StartsWith("0")),
        ColumnFilter("ok", Contains("✓")),
        ColumnFilter("name", OneOf(("a", None))),
        ColumnFilter("n", Between("0", "2")),
        ColumnFilter("n", Between(None, "not a number")),
        ColumnFilter("ok", OneOf((True,))),
        ColumnFilter("n", IsNull(negated=True)),
        ColumnFilter("gone", IsNull()),
    ]
)
queries = st.builds(
    ViewQuery,
    orders,
    st.lists(tests, max_size=2).map(tuple),
    st.sampled_from(["", "b", "5", "✗", "null"]),
)


@pytest.fixture(autouse=True)
def _always_from_the_order_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrangement, "_FEW", 0)


def keys(made: Arrangement) -> list[Cell]:
    return [made.snapshot.key(slot)[0] for slot in made.slots.tolist()]


@given(queries, st.lists(changes, min_size=2, max_size=4), st.sets(st.integers(0, 60)))
def test_an_order_from_the_one_before_equals_one_made_whole(
    query: ViewQuery, rounds: list[list[Change]], removed: set[int]
) -> None:
    rows, shown = KeyedRows(SCHEMA, SMALL), NOTHING
    for revision, round_ in enumerate(rounds):
        for change in round_:
            rows.put((change[0],), change, revision)
        for number in removed:
            if number % len(rounds) == revision and rows.row((number,)) is not None:
                rows.remove((number,))
        snapshot = rows.snapshot(revision)
        shown = arrange(snapshot, query, shown)
        assert keys(shown) == keys(arrange(snapshot, query))


def test_filters_and_search_choose_rows_as_a_reader_would() -> None:
    rows = KeyedRows(SCHEMA, SMALL)
    fruits: list[Row] = [
        (1, 1, "Apple", True),
        (2, NumberText("2.5"), "pear", False),
        (3, None, None, None),
    ]
    for row in fruits:
        rows.put((row[0],), row, 1)
    snapshot = rows.snapshot(1)

    def found(*filters: ColumnFilter, search: str = "") -> list[Cell]:
        return keys(arrange(snapshot, ViewQuery((), filters, search)))

    assert found(ColumnFilter("name", Contains("PP"))) == [1]
    assert found(ColumnFilter("name", OneOf(("pear", None)))) == [2, 3]
    assert found(ColumnFilter("n", OneOf(("2.50",)))) == [2]
    assert found(ColumnFilter("n", Between("1", "2"))) == [1]
    assert found(ColumnFilter("n", Between(None, "9"))) == [1, 2]
    assert found(ColumnFilter("n", Between("what", None))) == []
    assert found(ColumnFilter("ok", OneOf((False,)))) == [2]
    assert found(ColumnFilter("ok", IsNull())) == [3]
    assert found(ColumnFilter("id", Between("2", None)), ColumnFilter("ok", IsNull())) == [3]
    assert found(search="2.5") == [2]
    assert found(search="TRUE") == [1]
    assert found(search="%") == []
