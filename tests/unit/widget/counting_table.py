"""A table of ten million rows of which none is kept, for showing that a grid needs no snapshot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TypeVar

from rtwidget.feed.follower import Follower, Followers
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.runtime.signal import Signal
from rtwidget.feed.sharing.ownership import Ownership
from rtwidget.feed.status import Status, not_ready
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.order.ordering import Order
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.query.view_query import Anchor, CountedValue, ShownAs, ViewQuery

T = TypeVar("T")
ROWS = 10_000_000
SCHEMA = Schema((Column("id", "int8"), Column("square", "int8")), ("id",))
KINDS = (Kind.INT, Kind.INT)


class CountingRows:
    """Rows and queries alike: the number and its square."""

    schema = SCHEMA
    kinds = KINDS

    def __init__(self) -> None:
        self.still = False
        self.asked: list[ViewQuery] = []

    @property
    def rows(self) -> CountingRows:
        return self

    def row(self, key: Key) -> Row | None:
        number = key[0]
        return (number, number**2) if isinstance(number, int) and 0 <= number < ROWS else None

    def ask(self, query: ViewQuery) -> None:
        self.asked.append(query)

    def changed(self, delta: Delta) -> None: ...

    def forget(self) -> None: ...

    def close(self) -> None: ...

    async def window(self, first: int, count: int, anchor: Anchor | None = None) -> WindowRows:
        return rows_from(min(first, ROWS - count), count)

    def between(self, start: Key, end: Key | int, most: int) -> tuple[int, tuple[Key, ...]]:
        low, high = int(str(start[0])), end if isinstance(end, int) else int(str(end[0]))
        count = high - low + 1
        return count, tuple([(low + step,) for step in range(count)]) if count <= most else ()


class CountingTable:
    """A `GridTable`; any thread."""

    closed = False
    displayed = False
    revision = 1
    title = "squares"

    def __init__(self, loop: LoopThread) -> None:
        self.ownership = Ownership(self.title)
        self.signal = Signal()
        self.status = Status(State.LIVE, datetime.now(UTC), ROWS, datetime.now(UTC))
        self.rows = CountingRows()
        self._followers = Followers()
        self._loop = loop
        loop.acquire()

    def rows_now(self) -> CountingRows:
        return self.rows

    def query(
        self,
        asked: ViewQuery,
        reordered: Callable[[], None],
        *,
        still: bool = False,
        frozen: bool = False,
    ) -> CountingRows:
        self.rows.ask(asked)
        return self.rows

    def frequent_values(self, column: str, shown_as: ShownAs) -> list[CountedValue]:
        return [("1", 1)]

    def first_rows(self, orders: Sequence[Order], count: int) -> WindowRows:
        return rows_from(0, count)

    def used(self, *, displayed: bool = False) -> bool:
        self.displayed = self.displayed or displayed
        return False

    def refresh(self) -> None: ...

    def follow(self, follower: Follower) -> None:
        self.call(self._followers.append, follower)
        self.call(follower.told, self.status)

    def unfollow(self, follower: Follower) -> None:
        self.call(self._followers.remove, follower)

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        if not self.closed:
            self._loop.call(function, *arguments)

    def wait(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        deadline = monotonic() + timeout_s
        while True:
            seen = self.signal.level
            if (found := look()) is not None:
                return found
            if not self.signal.wait(seen, deadline - monotonic()):
                raise not_ready(self.status, timeout_s, what)

    def when_attached(self, function: Callable[[], object]) -> None:
        function()

    def close(self, finish: Callable[[], object] = lambda: None) -> None:
        if not self.closed:
            self.closed = True
            self._loop.do(finish).wait()
            self._loop.release()


def rows_from(first: int, count: int) -> WindowRows:
    numbers = range(first, first + count)
    keys = tuple([(number,) for number in numbers])
    return WindowRows(SCHEMA, KINDS, ROWS, first, keys, tuple([(n, n**2) for n in numbers]))
