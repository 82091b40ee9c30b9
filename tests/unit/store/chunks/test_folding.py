"""Changed and added rows become part of a chunk: each stands where it stood, and what nothing touched is shared."""

from __future__ import annotations

import numpy as np
import pytest

from rtwidget.replica.keys import Cell, NumberText, Row
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding
from rtwidget.store.chunks.chunk import Chunk
from rtwidget.store.chunks.folding import Patches, changed_rows, fold, merged, takes_of

KINDS = (Kind.INT, Kind.TEXT)
BOTH = frozenset({0, 1})


def chunk_of(*rows: Row) -> Chunk:
    columns = zip(*rows, strict=True)
    stored = tuple(encode(list(cells), kind) for cells, kind in zip(columns, KINDS, strict=True))
    return Chunk(stored, len(rows))


def rows_of(chunk: Chunk) -> list[Row]:
    return [chunk.row(offset) for offset in range(chunk.rows)]


BEFORE = chunk_of((0, "a"), (1, "b"), (2, "c"))


def folded(
    changed: dict[int, Row], rows: int, touched: frozenset[int] = BOTH, before: Chunk = BEFORE
) -> Chunk:
    changes = changed_rows(before, changed, rows)
    patches = Patches([changes], KINDS)
    return fold(before, changes, KINDS, touched=touched, patches=patches, first=0)


def test_an_added_place_that_is_not_named_was_removed_and_holds_nulls() -> None:
    changes = changed_rows(BEFORE, {4: (4, "e"), 1: (1, "B")}, 5)
    assert changes.replaced.tolist() == [1]
    assert changes.rows == [(1, "B"), (None, None), (4, "e")]
    after = folded({4: (4, "e"), 1: (1, "B")}, 5)
    assert rows_of(after) == [(0, "a"), (1, "B"), (2, "c"), (None, None), (4, "e")]
    assert rows_of(BEFORE) == [(0, "a"), (1, "b"), (2, "c")]


def test_a_column_that_nothing_touched_is_the_same_one_unless_rows_were_added() -> None:
    changed: dict[int, Row] = {0: (0, "A")}
    assert folded(changed, 3, frozenset({1})).columns[0] is BEFORE.columns[0]
    assert len(folded({3: (3, "d")}, 4, frozenset()).columns[0].array) == 4


def test_the_new_chunk_knows_what_changed_since_the_old_one() -> None:
    # One of three rows is too large a share to be remembered.
    assert folded({1: (1, "B")}, 3).changed_since(BEFORE.number) is None
    many = chunk_of(*[(number, "x") for number in range(20)])
    found = folded({7: (7, "y"), 20: (20, "z")}, 21, before=many).changed_since(many.number)
    assert found is not None
    assert found.tolist() == [7, 20]


@pytest.mark.parametrize("cell", ["x", 2**70, None, NumberText("1.50")])
def test_a_cell_that_fits_no_encoding_of_the_others_comes_back_as_it_was(cell: Cell) -> None:
    after = folded({2: (cell, "c")}, 3)
    assert rows_of(after) == [(0, "a"), (1, "b"), (cell, "c")]


def test_several_chunks_share_one_patch_and_each_takes_its_own_rows() -> None:
    other = chunk_of((7, "x"), (8, "y"))
    changes = [changed_rows(BEFORE, {0: (0, "A")}, 3), changed_rows(other, {1: (8, "Y")}, 2)]
    patches = Patches(changes, KINDS)
    assert patches.encoded(1, BEFORE.columns[1]) is patches.encoded(1, other.columns[1])
    first, second = (
        fold(chunk, one, KINDS, touched=BOTH, patches=patches, first=place)
        for place, (chunk, one) in enumerate(zip((BEFORE, other), changes, strict=True))
    )
    assert rows_of(first) == [(0, "A"), (1, "b"), (2, "c")]
    assert rows_of(second) == [(7, "x"), (8, "Y")]


def test_rows_are_taken_from_the_old_ones_with_the_new_ones_behind() -> None:
    assert takes_of(3, np.array([0, 2]), 5).tolist() == [3, 1, 4, 5, 6]
    assert takes_of(0, np.array([], np.int64), 2).tolist() == [0, 1]


def test_a_column_of_nulls_takes_the_encoding_of_what_comes() -> None:
    made = merged(encode([None, None], Kind.INT), np.array([0, 2]), ["x"], Kind.INT)
    assert made.encoding is Encoding.TEXT
    assert cells_of(made) == [None, "x"]
