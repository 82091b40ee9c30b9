"""A picture of the rows: which slots it has, what stands in them, and that it never changes."""

from __future__ import annotations

import numpy as np
import pytest

from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.chunk import Chunk
from rtwidget.store.snapshot import EMPTY, Part, Snapshot

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
KINDS = (Kind.INT, Kind.TEXT)


def part(segment: int, first: int, rows: int, *gone: int) -> Part:
    """Return rows with the ids from `first` on, of which some offsets are gone."""
    ids = range(first, first + rows)
    columns = (encode(list(ids), Kind.INT), encode([f"row {one}" for one in ids], Kind.TEXT))
    alive = np.array([offset not in gone for offset in range(rows)]) if gone else None
    return Part(segment, Chunk(columns, rows), alive)


PICTURE = Snapshot(SCHEMA, KINDS, (part(7, 0, 2), part(3, 10, 3, 0, 2), part(5, 20, 1)), 1)


def test_rows_that_are_gone_have_a_slot_that_is_not_counted() -> None:
    assert PICTURE.starts.tolist() == [0, 2, 5, 6]
    assert PICTURE.slots.tolist() == [0, 1, 3, 5]
    assert PICTURE.alive.tolist() == [True, True, False, True, False, True]
    assert len(PICTURE) == 4
    assert PICTURE.keys == ((0,), (1,), (11,), (20,))
    assert PICTURE.rows[2:] == ((11, "row 11"), (20, "row 20"))


def test_a_slot_is_found_across_the_parts() -> None:
    assert [PICTURE.key(slot) for slot in (1, 2, 4, 5)] == [(1,), (10,), (12,), (20,)]
    assert PICTURE.row(3) == (11, "row 11")
    assert PICTURE.column(0) == [0, 1, 11, 20]
    assert PICTURE.column(1, np.array([5, 0])) == ["row 20", "row 0"]


def test_a_place_that_was_given_out_later_has_no_slot() -> None:
    assert [PICTURE.slot(*place) for place in ((7, 0), (3, 2), (5, 0))] == [0, 4, 5]
    assert PICTURE.slot(7, 2) is None
    assert PICTURE.slot(4, 0) is None


@pytest.mark.parametrize(
    ("key", "offset"),
    [((11,), 1), ((10,), None), ((99,), None), (("11",), None), ((2**70,), None), ((None,), None)],
)
def test_a_key_is_found_only_among_the_rows_that_are_there(key: Key, offset: int | None) -> None:
    assert PICTURE.parts[1].find(key, SCHEMA.key_positions) == offset
    assert PICTURE.parts[1].offsets.tolist() == [1]


def test_parts_hold_the_same_rows_by_chunk_and_mask_not_by_mask_object() -> None:
    whole = part(0, 0, 3)
    unmasked = Part(0, whole.chunk, np.ones(3, np.bool_))
    less = Part(0, whole.chunk, np.array([True, False, True]))
    assert whole.same_as(unmasked)
    assert not whole.same_as(less)
    assert less.same_as(Part(1, whole.chunk, np.array([True, False, True])))
    assert not whole.same_as(part(0, 0, 3))


def test_before_anything_was_read_there_are_no_rows() -> None:
    assert (len(EMPTY), EMPTY.rows, EMPTY.keys, EMPTY.slots.tolist()) == (0, (), (), [])
