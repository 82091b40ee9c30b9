"""Rows sorted as a person expects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.order.ordering import Order, Ordering, sorted_slots
from tests.unit.store.snapshots import json_text, number, snapshot_of


def sorted_cells(
    cells: Sequence[Cell],
    *,
    descending: bool = False,
    nulls_first: bool = False,
    type_name: str = "",
) -> list[Cell]:
    snapshot = snapshot_of({"c": cells}, {"c": type_name} if type_name else None)
    return [cells[place] for place in sorted_slots(snapshot, [Order("c", descending, nulls_first)])]


def test_numbers_sort_by_value_however_they_are_written() -> None:
    cells: list[Cell] = [10, number("9.5"), number("1e3"), -3, number("-2.50"), 2**80]
    expected: list[Cell] = [-3, number("-2.50"), number("9.5"), 10, number("1e3"), 2**80]
    assert sorted_cells(cells) == expected
    assert sorted_cells(cells, descending=True) == expected[::-1]


def test_nan_is_the_greatest_number_as_in_postgres() -> None:
    cells: list[Cell] = ["NaN", number("1.5"), "Infinity", "-Infinity", 7]
    assert sorted_cells(cells) == ["-Infinity", number("1.5"), 7, "Infinity", "NaN"]


def test_exact_decimals_differ_in_their_last_digit() -> None:
    cells = [number("1.00000000000000000000000002"), number("1.00000000000000000000000001")]
    assert sorted_cells(cells, type_name="numeric") == cells[::-1]


def test_nulls_stand_apart_at_the_end_that_was_asked_for() -> None:
    assert sorted_cells([None, 2, None, 1]) == [1, 2, None, None]
    assert sorted_cells([None, 2, 1], descending=True) == [2, 1, None]
    assert sorted_cells([2, None, 1], nulls_first=True) == [None, 1, 2]


def test_false_comes_before_true() -> None:
    assert sorted_cells([True, False, None, True]) == [False, True, True, None]


def test_texts_that_look_like_numbers_sort_as_texts() -> None:
    assert sorted_cells(["10", "9", "a"]) == ["10", "9", "a"]


def test_ties_keep_their_places_and_the_next_column_decides() -> None:
    snapshot = snapshot_of({"a": [1, 2, 1, 2], "b": ["x", "y", "w", "y"]})
    assert sorted_slots(snapshot, [Order("a"), Order("b")]).tolist() == [2, 0, 1, 3]
    assert sorted_slots(snapshot, [Order("a", descending=True)]).tolist() == [1, 3, 0, 2]


def test_a_column_that_is_not_there_is_passed_over() -> None:
    snapshot = snapshot_of({"a": [2, 1]})
    assert sorted_slots(snapshot, [Order("gone"), Order("a")]).tolist() == [1, 0]
    assert sorted_slots(snapshot, []).tolist() == [0, 1]


def test_neither_case_nor_accents_split_the_alphabet() -> None:
    words: list[Cell] = ["Zebra", "élan", "apple", None, "Banana", "Élan", "zebra", "Ångström"]
    expected: list[Cell] = ["Ångström", "apple", "Banana", "Élan", "élan", "Zebra", "zebra"]
    for type_name in ("text", "varchar", "citext", "mood", ""):
        assert sorted_cells(words, type_name=type_name) == [*expected, None]
        reverse = sorted_cells(words, type_name=type_name, descending=True)
        assert reverse == [*expected[::-1], None]


def test_what_is_no_text_of_people_is_ordered_by_its_bytes() -> None:
    documents: list[Cell] = [json_text('["b"]'), json_text('["B"]'), json_text('["a"]')]
    assert sorted_cells(documents, type_name="_text") == [documents[1], documents[2], documents[0]]


def test_equal_texts_keep_their_places_in_either_direction() -> None:
    many = ["b", "B", "a", "á"] * 2_000
    snapshot = snapshot_of({"c": many}, {"c": "text"})
    for descending in (False, True):
        places = sorted_slots(snapshot, [Order("c", descending)]).tolist()
        groups = [places[start : start + 2_000] for start in range(0, 8_000, 2_000)]
        assert [many[group[0]] for group in groups] == (
            ["b", "B", "á", "a"] if descending else ["a", "á", "B", "b"]
        )
        assert all(group == sorted(group) for group in groups)


@pytest.mark.parametrize("descending", [False, True])
def test_rows_are_put_in_where_a_whole_sort_has_them(descending: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    words = ["Zebra", "apple", "élan", "Éa", "banana", "Banana", "ea"]
    texts = [f"{words[place % 7]}{(place * 7919) % 997}" for place in range(5_000)]
    snapshot = snapshot_of({"c": texts}, {"c": "text"})
    ordering = Ordering(snapshot, [Order("c", descending)])
    added = np.arange(3, 5_000, 17)
    others = np.setdiff1d(snapshot.slots, added)
    merged = ordering.merged(ordering.sorted(others), ordering.sorted(added))
    assert merged.tolist() == ordering.sorted(snapshot.slots).tolist()
