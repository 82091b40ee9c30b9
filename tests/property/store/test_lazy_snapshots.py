"""Snapshots whose columns are folded when somebody asks: the same rows, and what changed from one to the next."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from rtwidget.replica.keys import Row
from rtwidget.store.cells.decoding import cell_at
from rtwidget.store.chunks.overlaid_chunk import changed_between
from rtwidget.store.snapshot import Part, Snapshot
from tests.property.store.test_keyed_rows import Step, played, steps

LOOK: Step = ("look", 0, None, None)


def by_columns(part: Part) -> dict[int, Row]:
    """Return the rows that are there by their offsets, cell by cell out of the columns."""
    columns = list(part.chunk.columns)
    assert all(len(stored.array) == part.chunk.rows for stored in columns)
    return {
        offset: tuple(cell_at(stored, offset) for stored in columns)
        for offset in part.offsets.tolist()
    }


@given(steps)
def test_a_lazy_snapshot_holds_the_rows_of_its_moment(story: list[Step]) -> None:
    for snapshot, rows in played([*story, LOOK]).looks:
        assert dict(zip(snapshot.keys, snapshot.rows, strict=True)) == rows
        found = [row for part in snapshot.parts for row in by_columns(part).values()]
        assert {(row[0],): row for row in found} == rows
        assert len(found) == len(rows)
        for part in snapshot.parts:
            for offset, row in by_columns(part).items():
                assert part.chunk.cells(offset, (0, 2)) == (row[0], row[2])


def rows_at(snapshot: Snapshot) -> dict[int, dict[int, Row]]:
    return {part.segment: by_columns(part) for part in snapshot.parts}


@given(steps)
def test_what_changed_between_two_of_them_names_every_row_that_did(story: list[Step]) -> None:
    looks = [snapshot for snapshot, _ in played([LOOK, *story, LOOK]).looks]
    for before, after in pairwise(looks):
        old, new = rows_at(before), rows_at(after)
        known = {part.segment: part.chunk for part in before.parts}
        for part in after.parts:
            if part.segment not in known:
                continue
            offsets = changed_between(known[part.segment], part.chunk)
            if offsets is None:
                continue
            was, now = old[part.segment], new[part.segment]
            assert set(offsets.tolist()) >= {one for one in now if was.get(one) != now[one]}
