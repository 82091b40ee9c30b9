"""Waiting for the rows of a table: until it is ready, until something holds, until every row was verified. Any thread but the loop thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Self, TypeAlias, TypeVar

import pandas as pd

from rtwidget.feed.sharing.readable_table import TakenSnapshot
from rtwidget.feed.status import checked_timeout_s, not_ready
from rtwidget.replica.states.table_state import State
from rtwidget.widget.calls.callbacks import checked_function
from rtwidget.widget.reading.frame_cache import FrameCache
from rtwidget.widget.reading.kept_table import KeptTable

T = TypeVar("T")
Predicate: TypeAlias = Callable[[pd.DataFrame], object]
_FIRST_PASS_S: Final = 30.0


class TableWaits:
    """The waits of a table whose rows are kept in this process."""

    _handle: KeptTable
    _frames: FrameCache

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

    def _wait_whole(self) -> TakenSnapshot:
        # Rows of a table that slept are old until they were verified after it woke.
        woken_at = datetime.now(UTC) if self._handle.used() else None
        return self._handle.wait(
            lambda: self._whole(woken_at), _FIRST_PASS_S, "A complete read of the rows"
        )

    async def _until(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        try:
            async with asyncio.timeout(checked_timeout_s(timeout_s)):
                while True:
                    # Before the look: what changes in between is not slept through then.
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
            # Last, because a table that failed may have all the rows that were waited for.
            self._handle.check()
            return None

        return look
