"""Merging deltas equals comparing the states before the first and after the last."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row

Table = dict[Key, Row]

_ROWS = st.tuples(st.integers(0, 2), st.integers(0, 2))
TABLES = st.dictionaries(st.tuples(st.integers(0, 3)), _ROWS, max_size=4)


def _between(before: Table, after: Table) -> Delta:
    updated = {
        key: frozenset(place for place in (0, 1) if before[key][place] != after[key][place])
        for key in before.keys() & after.keys()
        if before[key] != after[key]
    }
    return Delta(after.keys() - before.keys(), updated, before.keys() - after.keys())


def _merged(tables: list[Table]) -> Delta:
    total = Delta()
    for before, after in pairwise(tables):
        total.merge(_between(before, after))
    return total


@given(st.lists(TABLES, min_size=2, max_size=8))
def test_merged_deltas_say_what_came_and_what_went(tables: list[Table]) -> None:
    total, direct = _merged(tables), _between(tables[0], tables[-1])
    assert total.inserted == direct.inserted
    assert total.removed == direct.removed


@given(st.lists(TABLES, min_size=2, max_size=8))
def test_merged_updates_hold_every_column_that_differs_and_no_row_that_never_changed(
    tables: list[Table],
) -> None:
    total, direct = _merged(tables), _between(tables[0], tables[-1])
    for key, positions in direct.updated.items():
        assert total.updated[key] >= positions or total.updated[key] == frozenset()
    for key, positions in total.updated.items():
        assert key in tables[0]
        assert key in tables[-1]
        changed = {
            place
            for before, after in pairwise(tables)
            for place in (0, 1)
            if before.get(key, (None, None))[place] != after.get(key, (None, None))[place]
        }
        assert changed
        assert positions <= changed


@given(st.lists(TABLES, min_size=3, max_size=8), st.data())
def test_merging_is_associative(tables: list[Table], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(tables) - 1))
    first, second = _merged(tables[: cut + 1]), _merged(tables[cut:])
    first.merge(second)
    assert first == _merged(tables)
