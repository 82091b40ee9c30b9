"""A chunk under the rows that changed since: read as one, and compared with another of its segment."""

from __future__ import annotations

from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.chunk import Chunk
from rtwidget.store.chunks.overlaid_chunk import (
    AnyChunk,
    OverlaidChunk,
    changed_between,
    overlaid_chunks,
)
from rtwidget.store.chunks.segment import Segment, folded

KINDS = (Kind.INT, Kind.TEXT)
NAME = frozenset({1})


def segment(number: int = 0) -> Segment:
    made = Segment(number, KINDS)
    for one in range(20):
        made.add((one, "old"), 1)
    fold(made)
    return made


def fold(made: Segment) -> None:
    capture = made.capture()
    made.install(capture, folded([capture], KINDS)[0])


def chunk_of(made: Segment) -> AnyChunk:
    (chunk,) = overlaid_chunks([made.capture()], KINDS)
    return chunk


def changed(old: AnyChunk, new: AnyChunk) -> list[int] | None:
    found = changed_between(old, new)
    return None if found is None else found.tolist()


def test_the_upper_layer_hides_the_lower_one() -> None:
    made = segment()
    made.change(3, (3, "new"), 2, NAME)
    made.add((20, "added"), 2)
    chunk = chunk_of(made)
    assert isinstance(chunk, OverlaidChunk)
    assert [chunk.row(offset) for offset in (2, 3, 20)] == [(2, "old"), (3, "new"), (20, "added")]
    assert [chunk.cells(offset, (1, 0)) for offset in (2, 3)] == [("old", 2), ("new", 3)]
    assert cells_of(chunk.columns[1])[2:4] == ["old", "new"]
    made.change(3, (3, "newer"), 3, NAME)
    assert chunk.row(3) == (3, "new")


def test_captures_keep_their_order_and_one_without_changes_is_its_chunk() -> None:
    changing, resting = segment(7), segment(2)
    changing.change(0, (0, "new"), 2, NAME)
    first, second = overlaid_chunks([changing.capture(), resting.capture()], KINDS)
    assert first.row(0) == (0, "new")
    assert isinstance(second, Chunk)
    assert second is resting.chunk


def test_what_differs_is_known_before_and_after_a_fold() -> None:
    made = segment()
    before = chunk_of(made)
    made.change(3, (3, "new"), 2, NAME)
    upper = chunk_of(made)
    made.change(5, (5, "new"), 3, NAME)
    both = chunk_of(made)
    fold(made)
    after = chunk_of(made)
    assert changed(before, before) == []
    assert changed(before, upper) == [3]
    # The same row in both layers has not changed.
    assert changed(upper, both) == [5]
    assert changed(both, upper) == [5]
    assert changed(before, after) == [3, 5]
    assert 5 in (changed(upper, after) or [])


def test_of_chunks_without_a_common_past_nothing_is_known() -> None:
    assert changed(chunk_of(segment()), chunk_of(segment())) is None
