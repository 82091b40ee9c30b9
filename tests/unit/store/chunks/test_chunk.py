"""What changed between two chunks of one segment, for as long as that is worth remembering."""

from __future__ import annotations

import numpy as np

from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.chunk import Chunk, History, empty_chunk


def chunk_of(rows: int, history: History = ()) -> Chunk:
    return Chunk((encode(list(range(rows)), Kind.INT),), rows, history=history)


def changed(before: Chunk, rows: int, *offsets: int) -> Chunk:
    return chunk_of(rows, before.followed_by(np.array(offsets, np.int64), rows))


def test_what_changed_since_any_remembered_chunk_is_known() -> None:
    first = chunk_of(100)
    second = changed(first, 100, 3, 5)
    third = changed(second, 101, 5, 100)
    found = [third.changed_since(one.number) for one in (first, second, third)]
    assert [None if one is None else one.tolist() for one in found] == [[3, 5, 100], [5, 100], []]
    assert first.changed_since(third.number) is None


def test_many_changes_are_not_remembered() -> None:
    first = chunk_of(100)
    second = changed(first, 100, *range(20))
    third = changed(second, 100, *range(20, 40))
    assert third.changed_since(first.number) is None
    assert third.changed_since(second.number) is not None
    assert changed(third, 100, *range(26)).history == ()


def test_some_rows_of_a_chunk_are_a_chunk() -> None:
    first = Chunk((encode([1, 2, 3], Kind.INT), encode(["a", None, "c"], Kind.TEXT)), 3)
    some = first.only(np.array([2, 0]))
    assert [some.row(offset) for offset in range(some.rows)] == [(3, "c"), (1, "a")]
    assert first.cells(1, (1, 0)) == (None, 2)
    assert empty_chunk([Kind.INT, Kind.TEXT]).rows == 0
