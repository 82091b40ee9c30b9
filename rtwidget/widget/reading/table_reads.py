"""The rows of a table as DataFrames, and what changes in them. Any thread but the loop thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pandas as pd

from rtwidget.feed.changes import Change, ChangeBuffer
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.store.dataframes.pandas_frame import DtypeBackend
from rtwidget.widget.reading.index_keys import IndexKeys
from rtwidget.widget.reading.table_waits import TableWaits


class TableReads(TableWaits):
    """What a table whose rows are kept in this process gives to Python."""

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
        # The other way wakes the table by itself, and waits for what it reads then.
        if partial:
            self._handle.used()
        taken = self._handle.take_snapshot() if partial else self._wait_whole()
        return self._frames.now(taken, dtype_backend, partial=partial)

    async def changes(self) -> AsyncIterator[Change]:
        """Iterate over what changes from now on, coalesced while the caller is busy; ends when the table is closed."""
        collector = _Collector(self._index_keys.value)
        self._handle.follow(collector)
        try:
            while not self._handle.closed:
                # Before the changes are taken: what comes in between is not slept through then.
                seen = self._handle.signal.level
                change = collector.buffer.take()
                if change is not None:
                    yield change
                else:
                    await self._handle.signal.wait_async(seen)
        finally:
            self._handle.unfollow(collector)


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
