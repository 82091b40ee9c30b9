"""The columnar store against two dicts: whatever is put, removed, noted and folded, both say the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

from hypothesis import example, given
from hypothesis import strategies as st

from rtwidget.replica.keys import Cell, Key, NumberText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.number_text import number_cell
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.difference import difference
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot
from tests.property.replica.model.dict_rows import DictRows
from tests.property.store.test_kinds import cells

SMALL = SegmentSizes(segment_rows=8, fold_rows=3, unfolded_rows=5)
SCHEMA = Schema((Column("id", "int8"), Column("a"), Column("b", "text")), ("id",))
Step: TypeAlias = tuple[str, int, Cell, Cell]


def as_read(cell: Cell) -> Cell:
    """Return a cell as sources give it: a whole number is an int."""
    return number_cell(cell) if isinstance(cell, NumberText) else cell


steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "remove", "note", "snapshot", "look"]),
        st.integers(0, 30),
        cells.map(as_read),
        st.one_of(st.none(), st.text(max_size=3)),
    ),
    max_size=120,
)


class Both:
    """A store and what it must equal."""

    def __init__(self) -> None:
        self.rows = KeyedRows(SCHEMA, SMALL)
        self.model = DictRows()
        self.pictures: list[tuple[Snapshot, dict[Key, Row]]] = []
        self.looks: list[tuple[Snapshot, dict[Key, Row]]] = []
        self._now = 0

    def do(self, step: Step) -> None:
        action, number, first, second = step
        key: Key = (number,)
        self._now += 1
        act: dict[str, Callable[[], object]] = {
            "put": lambda: self._put(key, (number, first, second)),
            "remove": lambda: self._remove(key),
            "note": lambda: self._note(key),
            "snapshot": self._picture,
            "look": self._look,
        }
        act[action]()

    def _put(self, key: Key, row: Row) -> None:
        changed = self.rows.put(key, row, self._now)
        assert changed == self.model.put(key, row, self._now)

    def _remove(self, key: Key) -> None:
        if key in self.model.rows:
            self.rows.remove(key)
            self.model.remove(key)

    def _note(self, key: Key) -> None:
        if key in self.model.rows:
            self.rows.note(key, self._now)
            self.model.note(key, self._now)

    def _picture(self) -> None:
        self.pictures.append((self.rows.snapshot(self._now), dict(self.model.rows)))

    def _look(self) -> None:
        self.looks.append((self.rows.lazy_snapshot(), dict(self.model.rows)))


def played(story: list[Step]) -> Both:
    both = Both()
    for step in story:
        both.do(step)
    return both


@given(steps)
# The last row of a segment goes at the very moment at which it would be packed.
@example(
    [
        ("put", 0, None, None),
        ("put", 1, None, None),
        ("remove", 0, None, None),
        ("remove", 1, None, None),
    ]
)
def test_the_store_equals_its_model(story: list[Step]) -> None:
    both = played(story)
    assert len(both.rows) == len(both.model.rows)
    for key, row in both.model.rows.items():
        found = both.rows.row(key)
        assert found == row
        assert list(map(type, found or ())) == list(map(type, row))
        assert both.rows.stamp(key) == both.model.stamp(key)
        assert both.rows.seen(key) == both.model.seen(key)
    for stamp in (0, 40, 1000):
        assert sorted(both.rows.unseen_since(stamp)) == sorted(both.model.unseen_since(stamp))


@given(steps)
def test_snapshots_stay_as_they_were(story: list[Step]) -> None:
    for snapshot, rows in played([*story, ("snapshot", 0, None, None)]).pictures:
        assert dict(zip(snapshot.keys, snapshot.rows, strict=True)) == rows
        assert len(snapshot) == len(rows)
        assert set(snapshot.keys) == set(rows)


@given(steps)
def test_the_difference_of_two_snapshots_turns_one_into_the_other(story: list[Step]) -> None:
    end: Step = ("snapshot", 0, None, None)
    pictures = played([end, *story, end]).pictures
    for (before, old), (after, new) in pairwise(pictures):
        delta = difference(before, after)
        assert delta.inserted == new.keys() - old.keys()
        assert delta.removed == old.keys() - new.keys()
        both = old.keys() & new.keys()
        assert delta.updated.keys() == {key for key in both if old[key] != new[key]}


def test_a_table_that_was_emptied_has_lost_every_row() -> None:
    rows = KeyedRows(SCHEMA, SMALL)
    rows.put((1,), (1, None, "a"), 1)
    before = rows.snapshot(1)
    rows.remove((1,))
    assert difference(before, rows.snapshot(2)).removed == {(1,)}
    assert difference(rows.snapshot(2), before).inserted == {(1,)}


def test_new_rows_come_last_and_others_keep_their_order() -> None:
    rows = KeyedRows(SCHEMA, SMALL)
    for number in range(40):
        rows.put((number,), (number, None, None), 1)
    for number in range(0, 40, 3):
        rows.put((number,), (number, "changed", None), 2)
    for number in range(1, 30, 2):
        rows.remove((number,))
    rows.put((100,), (100, None, None), 3)
    expected = [number for number in range(40) if number >= 30 or number % 2 == 0]
    assert [key[0] for key in rows.snapshot(1).keys] == [*expected, 100]


def test_rows_of_areas_follow_one_another_however_they_arrive() -> None:
    rows = KeyedRows(SCHEMA, SegmentSizes(segment_rows=64, fold_rows=3, unfolded_rows=5))
    rows.put((0,), (0, None, None), 1)
    first, second = rows.areas(2)
    for number in range(20):
        rows.put((100 + number,), (100 + number, None, None), 1, second)
        rows.put((1 + number,), (1 + number, None, None), 1, first)
    rows.put((200,), (200, None, None), 1)
    keys = [key[0] for key in rows.snapshot(1).keys]
    assert keys == [0, *range(1, 21), *range(100, 120), 200]
