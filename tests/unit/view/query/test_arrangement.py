"""As much of an order as still holds is used again; `tests/property/view` shows that it equals one made whole."""

from __future__ import annotations

import numpy as np
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.order.ordering import Order
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Slots, Snapshot
from rtwidget.view.query import arrangement
from rtwidget.view.query.arrangement import NOTHING, Arrangement, arrange
from rtwidget.view.query.matching import matching
from rtwidget.view.query.view_query import Between, ColumnFilter, ViewQuery

ROWS = 96
SCHEMA = Schema((Column("id", "int8"), Column("n", "int8")), ("id",))
BY_N = ViewQuery((Order("n", descending=True),), (ColumnFilter("n", Between("0", None)),))


@pytest.fixture
def rows() -> KeyedRows:
    made = KeyedRows(SCHEMA)
    for number in range(ROWS):
        made.put((number,), (number, number), 1)
    return made


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many rows each search through a table looked at."""
    seen: list[int] = []

    def counting(snapshot: Snapshot, query: ViewQuery, slots: Slots) -> Slots:
        seen.append(len(slots))
        return matching(snapshot, query, slots)

    monkeypatch.setattr(arrangement, "matching", counting)
    return seen


def ids(made: Arrangement) -> list[Cell]:
    return [made.snapshot.key(slot)[0] for slot in made.slots.tolist()]


def test_without_an_order_and_filters_rows_stand_as_they_are_kept(
    rows: KeyedRows, looked_at: list[int]
) -> None:
    made = arrange(rows.snapshot(1), ViewQuery())
    assert ids(made) == list(range(ROWS))
    assert looked_at == []
    assert ids(NOTHING) == []


def test_few_changes_are_put_in_their_places_and_the_others_are_not_looked_at(
    rows: KeyedRows, looked_at: list[int]
) -> None:
    before = arrange(rows.snapshot(1), BY_N)
    rows.put((3,), (3, 1_000), 2)
    rows.put((4,), (4, -1), 2)
    rows.remove((5,))
    made = arrange(rows.snapshot(2), BY_N, before)
    assert ids(made) == [
        3,
        *[number for number in range(ROWS - 1, -1, -1) if number not in (3, 4, 5)],
    ]
    assert looked_at[0] == ROWS
    assert looked_at[1] <= 3
    assert ids(before) == list(range(ROWS - 1, -1, -1))


@pytest.mark.parametrize(("changed", "all_anew"), [(12, False), (13, True)])
def test_from_an_eighth_on_all_rows_are_ordered_anew(
    rows: KeyedRows,
    looked_at: list[int],
    changed: int,
    all_anew: bool,  # noqa: FBT001  (a case)
) -> None:
    before = arrange(rows.snapshot(1), BY_N)
    for number in range(changed):
        rows.put((number,), (number, 500 + number), 2)
    made = arrange(rows.snapshot(2), BY_N, before)
    assert ids(made) == [*range(changed - 1, -1, -1), *range(ROWS - 1, changed - 1, -1)]
    assert looked_at[1] == (ROWS if all_anew else changed)


def test_another_question_uses_nothing_of_the_order_before(rows: KeyedRows) -> None:
    before = arrange(rows.snapshot(1), BY_N)
    made = arrange(rows.snapshot(1), ViewQuery((Order("n"),)), before)
    assert ids(made) == list(range(ROWS))
    assert np.array_equal(arrange(rows.snapshot(1), BY_N, made).slots, before.slots)
