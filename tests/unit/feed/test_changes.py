"""Changes as users get them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rtwidget.feed.changes import ChangeBuffer
from rtwidget.replica.delta import Delta


def test_changes_are_merged_until_they_are_taken() -> None:
    buffer = ChangeBuffer()
    assert buffer.take() is None
    buffer.add(Delta(inserted={(1,), (2,)}))
    buffer.add(Delta(updated={(2,): frozenset({1}), (3,): frozenset({0})}, removed={(1,), (4,)}))
    change = buffer.take()
    assert change is not None
    assert (change.inserted, change.updated, change.removed) == ((2,), (3,), (4,))
    assert abs(change.as_of - datetime.now(UTC)) < timedelta(minutes=1)
    assert buffer.take() is None


def test_keys_are_given_as_the_index_holds_them() -> None:
    buffer = ChangeBuffer()
    buffer.add(Delta(inserted={("north", 7)}))
    change = buffer.take()
    assert change is not None
    assert change.inserted == (("north", 7),)


def test_a_row_that_came_and_went_is_no_change() -> None:
    buffer = ChangeBuffer()
    buffer.add(Delta(inserted={(1,)}))
    buffer.add(Delta(removed={(1,)}))
    assert buffer.take() is None
