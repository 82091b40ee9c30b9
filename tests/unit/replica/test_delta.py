"""Deltas that are merged, case by case."""

from __future__ import annotations

from rtwidget.replica.delta import Delta


def test_a_row_removed_and_inserted_again_may_differ_anywhere() -> None:
    total = Delta(removed={(1,)})
    total.merge(Delta(inserted={(1,)}))
    assert total == Delta(updated={(1,): frozenset()})
    total.merge(Delta(updated={(1,): frozenset({0})}))
    assert total == Delta(updated={(1,): frozenset()})


def test_a_row_inserted_and_removed_was_never_there() -> None:
    total = Delta(inserted={(1,)})
    total.merge(Delta(updated={(1,): frozenset({0})}))
    assert total == Delta(inserted={(1,)})
    total.merge(Delta(removed={(1,)}))
    assert not total


def test_updates_of_one_row_add_their_columns() -> None:
    total = Delta(updated={(1,): frozenset({0})})
    total.merge(Delta(updated={(1,): frozenset({1}), (2,): frozenset({0})}))
    assert total == Delta(updated={(1,): frozenset({0, 1}), (2,): frozenset({0})})


def test_an_update_anywhere_stays_one() -> None:
    total = Delta(updated={(1,): frozenset({0})})
    total.merge(Delta(updated={(1,): frozenset()}))
    assert total == Delta(updated={(1,): frozenset()})
