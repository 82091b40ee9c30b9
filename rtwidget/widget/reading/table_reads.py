"""What a live table gives to Python: the rows as a DataFrame, waits, and changes. Any thread but the loop thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, Self, TypeAlias, TypeVar

import pandas as pd

from rtwidget.feed.changes import Change, ChangeBuffer
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.readable_table import TakenSnapshot
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status, checked_timeout_s, not_ready
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.replica.states.table_state import State
from rtwidget.store.frames.pandas_frame import DtypeBackend
from rtwidget.widget.calls.callbacks import checked_function
from rtwidget.widget.reading.frame_cache import FrameCache
from rtwidget.widget.reading.index_keys import IndexKeys

T = TypeVar("T")
Predicate: TypeAlias = Callable[[pd.DataFrame], object]
_FIRST_PASS_S = 30.0


class TableReads:
    """The reading half of `LiveTable`."""

    _handle: TableHandle
    _frames: FrameCache
    _index_keys: IndexKeys

    @property
    def df(self) -> pd.DataFrame:
        """The rows as a DataFrame, indexed by the key.

        Waits for the first complete pass (30 s), then is instant; two reads of one thread within 200 ms agree. It may be
        changed freely. `df.attrs` says as of when it was made, and in which state the table was.

        Raises:
            NotReadyError: When the first pass was not complete in time.
            RtwidgetError: When the table failed before it had rows.
        """
        recent = self._frames.recent()
        return self.to_pandas() if recent is None else recent

    def to_pandas(
        self, dtype_backend: DtypeBackend | None = None, *, partial: bool = False
    ) -> pd.DataFrame:
        """Return the rows as a DataFrame, indexed by the key.

        Args:
            dtype_backend: "pyarrow" or "numpy_nullable", as in pandas' own readers; None for numpy dtypes.
            partial: Whether to return what is there before the first pass is complete, without waiting.

        Raises:
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        if partial:
            self._handle.used()
        taken = self._handle.take_snapshot() if partial else self._wait_whole()
        return self._frames.now(taken, dtype_backend, partial=partial)

    def wait_ready(self, timeout: float = 30) -> Self:
        """Block until the first pass is complete and the table is live or polling.

        Args:
            timeout: How long to wait, in seconds.

        Raises:
            NotReadyError: When the time ran out.
            RtwidgetError: When the table failed, or was closed.
        """
        self._handle.wait(self._ready, timeout, "Becoming ready")
        return self

    async def ready(self, timeout: float = 30) -> Self:  # noqa: ASYNC109  (the field's convention)
        """Wait for the same on the caller's event loop; raises the same."""
        await self._until(self._ready, timeout, "Becoming ready")
        return self

    def wait_for(self, predicate: Predicate, timeout: float = 30) -> Self:
        """Block until `predicate(df)` holds: it is asked now and after every change, so nothing can be missed.

        Args:
            predicate: Called with the rows as a DataFrame.
            timeout: How long to wait, in seconds.

        Raises:
            ArgumentError: When the predicate is no plain function of one argument.
            NotReadyError: When the time ran out.
            RtwidgetError: When the table failed, or was closed.
        """
        self._handle.wait(self._holds(predicate), timeout, "What was waited for")
        return self

    async def until(self, predicate: Predicate, timeout: float = 30) -> Self:  # noqa: ASYNC109  (the field's convention)
        """Wait for the same on the caller's event loop; raises the same."""
        await self._until(self._holds(predicate), timeout, "What was waited for")
        return self

    async def changes(self) -> AsyncIterator[Change]:
        """Iterate over what changes from now on, coalesced while the caller is busy; ends when the table is closed."""
        collector = _Collector(self._index_keys.value)
        self._handle.follow(collector)
        try:
            while not self._handle.closed:
                seen = self._handle.signal.level
                change = collector.buffer.take()
                if change is not None:
                    yield change
                else:
                    await self._handle.signal.wait_async(seen)
        finally:
            self._handle.unfollow(collector)

    @property
    def stats(self) -> Stats:
        """What the feed has cost and done so far: reads, bytes, repairs; tables that share a feed share it."""
        return self._handle.stats

    def refresh(self) -> None:
        """Verify every row now, and try at once whatever waits for another attempt."""
        self._handle.refresh()

    def pause(self) -> None:
        """Keep the rows as they are, and ask for no more until `resume`."""
        self._handle.pause()

    def resume(self) -> None:
        """Go on after `pause`, with every row verified again."""
        self._handle.resume()

    def _wait_whole(self) -> TakenSnapshot:
        woken_at = datetime.now(UTC) if self._handle.used() else None
        return self._handle.wait(
            lambda: self._whole(woken_at), _FIRST_PASS_S, "A complete read of the rows"
        )

    async def _until(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        try:
            async with asyncio.timeout(checked_timeout_s(timeout_s)):
                while True:
                    seen = self._handle.signal.level
                    found = look()
                    if found is not None:
                        return found
                    await self._handle.signal.wait_async(seen)
        except TimeoutError:
            raise not_ready(self._handle.status, timeout_s, what) from None

    def _whole(self, since: datetime | None = None) -> TakenSnapshot | None:
        taken = self._handle.take_verified_snapshot(since)
        if taken is None:
            self._handle.check()
        return taken

    def _ready(self) -> bool | None:
        self._handle.check()
        status = self._handle.status
        usable = status.state in (State.LIVE, State.POLLING)
        return True if usable and status.verified_at is not None else None

    def _holds(self, predicate: Predicate) -> Callable[[], bool | None]:
        checked_function(predicate, "the rows", "lambda df: len(df) > 10")

        def look() -> bool | None:
            taken = self._whole()
            if taken is not None and predicate(self._frames.now(taken, reader="wait")):
                return True
            self._handle.check()
            return None

        return look


class _Collector:
    """Gathers changes for one reader."""

    attentive = True

    def __init__(self, as_index: Callable[[Key], Any]) -> None:
        self.buffer = ChangeBuffer(as_index)

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        self.buffer.add(delta)

    def told(self, status: Status) -> None:
        """Not a change of rows."""

    def emptied(self) -> None:
        """The rows that follow are another's; what was gathered of the ones before is nobody's business."""
        self.buffer.take()
