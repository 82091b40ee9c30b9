"""One column to sort by: two of its rows compare as the whole sort has them, and bounds never miss a place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.order import sort_key
from rtwidget.store.order.sort_key import SortKey
from tests.unit.store.snapshots import number, snapshot_of

COLUMNS: list[tuple[str, list[Cell]]] = [
    ("int8", [-(2**63), -1, 0, 2**63 - 1]),
    ("float8", ["-Infinity", number("-1.5"), number("0.25"), "Infinity", "NaN"]),
    ("numeric", [number("-0.5"), number("1.00000000000000000001"), 2**80]),
    ("bool", [False, True]),
    ("date", ["0001-01-01", "1969-12-31", "2024-02-29"]),
    ("timestamptz", ["1969-12-31T23:59:59+00:00", "2024-02-29T10:00:00.000001+00:00"]),
    ("text", ["apple", "Élan", "zebra"]),
    ("_text", ["A", "B", "a"]),
]


def key_of(
    cells: Sequence[Cell], type_name: str, *, descending: bool = False, nulls_first: bool = False
) -> SortKey:
    snapshot = snapshot_of({"c": cells}, {"c": type_name})
    return SortKey(snapshot, 1, descending=descending, nulls_first=nulls_first)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("type_name", "cells"), COLUMNS)
def test_two_rows_compare_by_value(
    type_name: str,
    cells: list[Cell],
    descending: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    key, count = key_of(cells, type_name, descending=descending), len(cells)
    left, right = np.divmod(np.arange(count * count), count)
    expected = np.sign(right - left) if descending else np.sign(left - right)
    assert key.compare(left, right).tolist() == expected.tolist()


@pytest.mark.parametrize("nulls_first", [False, True])
@pytest.mark.parametrize("descending", [False, True])
def test_nulls_stand_where_they_were_asked_for_in_either_direction(
    nulls_first: bool,  # noqa: FBT001
    descending: bool,  # noqa: FBT001
) -> None:
    key = key_of([None, 0, None], "int8", descending=descending, nulls_first=nulls_first)
    expected = -1 if nulls_first else 1
    assert key.compare(np.array([0, 1, 0]), np.array([1, 2, 2])).tolist() == [
        expected,
        -expected,
        0,
    ]
    apart, _values = key.columns(np.arange(3))
    assert apart == (pa.array([True, False, True]), "descending" if nulls_first else "ascending")


def test_both_zeros_are_a_tie_and_nan_is_the_greatest() -> None:
    key = key_of([number("-0.0"), number("0.0"), "NaN", "Infinity"], "float8")
    assert key.compare(np.array([0, 2]), np.array([1, 3])).tolist() == [0, 1]


@pytest.mark.parametrize("descending", [False, True])
def test_whole_numbers_tell_exactly_between_which_rows_another_belongs(
    descending: bool,  # noqa: FBT001
) -> None:
    key = key_of([5, 5, 7, -(2**63), 5, 6], "int8", descending=descending)
    ordered = np.array([2, 0, 1, 3] if descending else [3, 0, 1, 2])
    low, high = key.bounds(ordered, np.array([4, 5]))
    assert (low.tolist(), high.tolist()) == (([1, 1], [3, 1]) if descending else ([1, 3], [3, 3]))


@pytest.mark.parametrize("descending", [False, True])
def test_bounds_by_some_keys_hold_every_place_where_a_text_may_go(
    descending: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sort_key, "_FENCES", 4)
    texts = [f"{place // 3:03}" for place in range(60)]
    key = key_of(texts, "text", descending=descending)
    ordered = np.arange(0, 60, 2)[:: -1 if descending else 1]
    sought = np.arange(1, 60, 2)
    low, high = key.bounds(ordered, sought)
    for slot, first, last in zip(sought.tolist(), low.tolist(), high.tolist(), strict=True):
        signs = key.compare(ordered, np.full(len(ordered), slot))
        assert first <= np.count_nonzero(signs < 0)
        assert np.count_nonzero(signs <= 0) <= last
    assert (high - low).max() < len(ordered)


def test_where_nothing_is_known_at_once_all_rows_are_between() -> None:
    for cells, type_name in ((["a", "b"], "text"), ([None, 1], "int8")):
        low, high = key_of(cells, type_name).bounds(np.array([0, 1]), np.array([1]))
        assert (low.tolist(), high.tolist()) == ([0], [2])
