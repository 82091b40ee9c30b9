"""What every read has in common: whether reads work, and whether an answer still has the columns that we know."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rtwidget.errors import (
    ErrorKind,
    KeyNotUniqueError,
    SourceError,
    TooManyRowsError,
    UnreachableError,
)
from rtwidget.feed.state import FeedState
from rtwidget.feed.stats import Stats
from rtwidget.feed.trouble import Trouble
from rtwidget.replica.backoff import Backoff
from rtwidget.replica.budgets import (
    MOST_ROWS,
    READ_TIMEOUT_S,
    READS_OVERDUE_FACTOR,
    READS_OVERDUE_S,
)
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.lifecycle import Data, Event
from rtwidget.sources.base import Page

T = TypeVar("T")

# One failed read is repeated at once and hardly noticed; two in a row are worth saying.
_FAILURES_TO_TELL = 2


class ReadHealth:
    """Watches the reads of one feed; loop thread only.

    Args:
        state: The feed's state.
        chance: Uniform random numbers in [0, 1), for jitter.
    """

    def __init__(self, state: FeedState, chance: Callable[[], float]) -> None:
        self._state = state
        self._chance = chance
        self._backoff = Backoff()
        self._usual_s = 0.0
        self._failed_at = 0.0

    async def watch(self, reading: Awaitable[T]) -> T:
        """Await a read, and note when it takes too long or works again.

        Raises:
            UnreachableError: When no answer came in `READ_TIMEOUT_S`.
            SourceError: What the source raised.
        """
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            with self.patience():
                async with asyncio.timeout(READ_TIMEOUT_S):
                    answer = await reading
        except TimeoutError:
            raise UnreachableError(
                f"The database did not answer a read within {READ_TIMEOUT_S:.0f} s.",
                "It is tried again; a slow query needs an index on the key and on filtered columns.",
            ) from None
        took_s = clock() - began
        self._usual_s = 0.8 * self._usual_s + 0.2 * took_s if self._usual_s else took_s
        self.worked()
        return answer

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Say that the database does not answer when what is waited for inside takes too long."""
        overdue_s = max(READS_OVERDUE_S, READS_OVERDUE_FACTOR * self._usual_s)
        alarm = asyncio.get_running_loop().call_later(overdue_s, self._overdue, overdue_s)
        try:
            yield
        finally:
            alarm.cancel()

    def failed(self, error: SourceError, began: float | None = None) -> float:
        """Note a failed read, and return how long to wait before the next, in seconds.

        Args:
            error: What it failed of.
            began: When it began, by the loop's clock; reads that fail side by side count as one attempt.

        Raises:
            SourceError: The error itself, when time does not mend it.
        """
        if error.kind is not ErrorKind.TRANSIENT:
            raise error
        state = self._state
        state.stats.failed_reads += 1
        if began is None or began >= self._failed_at:
            self._backoff = self._backoff.failed()
            self._failed_at = asyncio.get_running_loop().time()
        delay_s = self._backoff.delay_s(self._chance(), floor_s=error.retry_after_s)
        attempt = self._backoff.attempt
        state.reads_trouble = Trouble(error, attempt, state.wall() + delay_s)
        soon = attempt < _FAILURES_TO_TELL and delay_s < READS_OVERDUE_S
        if not soon or state.lifecycle.data is not Data.COMPLETE:
            state.apply(Event.READS_FAILED)
        return delay_s

    def worked(self) -> None:
        """Note that reads work, or that nothing waits for one any more."""
        self._backoff = Backoff()
        if self._state.reads_trouble is not None:
            self._state.reads_trouble = None
            # What waits for another attempt need not wait any longer.
            self._state.retry.now()
            self._state.apply(Event.READS_WORK)

    def _overdue(self, after_s: float) -> None:
        error = UnreachableError(
            f"The database has not answered for {after_s:.0f} s.", "Waiting for the answer."
        )
        self._state.reads_trouble = Trouble(error, self._backoff.attempt)
        self._state.apply(Event.READS_FAILED)


def note_answer(stats: Stats, page: Page) -> None:
    """Count an answer."""
    stats.rows_read += len(page.rows)
    stats.wire_bytes += page.wire_bytes


def columns_changed(state: FeedState, seen: tuple[str, ...] = ()) -> None:
    """Have the table described again before the next pass, which is wanted now (design section 2).

    Args:
        state: The feed's state.
        seen: The columns of the answer that showed it, when there was one.
    """
    state.described = False
    state.seen_columns = seen
    state.replica.invalidate_all("the columns changed")
    state.wake_passes.set()


def rows_by_key(state: FeedState, page: Page) -> dict[Key, Row] | None:
    """Return an answer's rows by key, or None when its columns are not those that we know.

    Raises:
        KeyNotUniqueError: When a key is null or names two rows.
        TooManyRowsError: When there are more rows than `MOST_ROWS` already.
    """
    if not page.rows:
        return {}
    schema = state.rows.schema
    if page.columns != schema.names:
        columns_changed(state, page.columns)
        return None
    if len(state.rows) > MOST_ROWS:
        raise TooManyRowsError(
            f"The table has more than {MOST_ROWS:,} rows, the most that a live table holds.",
            "Pass `filter=` for the rows that you need, or `limit=` with `order_by=` for the first ones.",
        )
    # Column by column, because a big page is taken on the loop thread.
    columns = [[row[position] for row in page.rows] for position in schema.key_positions]
    rows = dict(zip(zip(*columns, strict=True), page.rows, strict=True))
    if len(rows) != len(page.rows) or any(None in column for column in columns):
        names = ", ".join(schema.key)
        raise KeyNotUniqueError(
            f"The key ({names}) is null or names more than one row.",
            schema.key_advice
            or "Pass `primary_key=` with the column or columns that identify one row.",
        )
    return rows
