"""Whether reads work: failures are counted and told, and what follows the end of an outage is begun."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rtwidget.errors import (
    DatabaseUnavailableError,
    ErrorKind,
    ReadTooLargeError,
    SourceError,
    UnreachableError,
)
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import (
    PING_INTERVAL_S,
    READ_TIMEOUT_S,
    READS_OVERDUE_FACTOR,
    READS_OVERDUE_S,
)
from rtwidget.replica.schedule.backoff import Backoff, cap_s
from rtwidget.replica.states.lifecycle import Data, Event

T = TypeVar("T")

# One failed read is repeated at once and hardly noticed; two in a row are worth saying.
_FAILURES_TO_TELL = 2


class ReadHealth:
    """Watches the reads of one feed; loop thread only.

    Args:
        state: The feed's state.
        chance: Uniform random numbers in [0, 1), for jitter.
        project: Told what reads tell of the database.
    """

    def __init__(self, state: FeedState, chance: Callable[[], float], project: Project) -> None:
        self._state = state
        self._chance = chance
        self._project = project
        # Whether pings, and only pings, have noticed.
        self._only_pings = self._unanswered = False
        self._backoff = Backoff()
        self._usual_s = 0.0
        self._began = self._failed_at = 0.0

    async def watch(self, reading: Awaitable[T]) -> T:
        """Await a read, and note when it takes too long or works again.

        Raises:
            UnreachableError: When no answer came in `READ_TIMEOUT_S`.
            ReadTooLargeError: When others got one meanwhile.
            SourceError: What the source raised.
        """
        clock = asyncio.get_running_loop().time
        began = self._began = clock()
        try:
            with self.overdue_alarm():
                async with asyncio.timeout(READ_TIMEOUT_S):
                    answer = await reading
        except TimeoutError:
            # Others were answered meanwhile, so it is this read that takes too long.
            slow = ReadTooLargeError if self.answered_since(began) else UnreachableError
            raise slow(
                f"The database did not answer a read within {READ_TIMEOUT_S:.0f} s.",
                "It is tried again; a slow query needs an index on the key and on filtered columns.",
            ) from None
        took_s = clock() - began
        # A moving average, so that a table which is slow by nature is not called offline for it.
        self._usual_s = 0.8 * self._usual_s + 0.2 * took_s if self._usual_s else took_s
        self._project.answered()
        self.worked()
        return answer

    def answered_since(self, began: float) -> bool:
        """Return whether the database answered somebody since then, by the loop's clock."""
        return self._project.answered_at > began

    @contextmanager
    def overdue_alarm(self) -> Iterator[None]:
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
        self._state.stats.failed_reads += 1
        self._only_pings = False
        return self._note_failure(
            error, self._began, another=began is None or began >= self._failed_at
        )

    def unanswered(self, error: SourceError, began: float) -> float:
        """Note a ping without an answer, and return how long to wait before the next, in seconds.

        Args:
            error: Why there was none.
            began: When it began, by the loop's clock.
        """
        self._unanswered = True
        self._only_pings = self._only_pings or self._state.reads_failure is None
        return min(
            self._note_failure(error, began), max(PING_INTERVAL_S, error.retry_after_s or 0.0)
        )

    def reached(self) -> None:
        """Note that the database answers a ping; what failed while it did not is tried at once."""
        unanswered, self._unanswered = self._unanswered, False
        if self._only_pings:
            self.worked()
        elif unanswered:
            self._state.retry.now()

    def _note_failure(self, error: SourceError, began: float, *, another: bool = True) -> float:
        state, now = self._state, asyncio.get_running_loop().time()
        if another:
            self._backoff = self._backoff.failed()
            self._failed_at = now
        floor_s, most_s = error.retry_after_s, cap_s(error)
        delay_s = self._backoff.delay_s(self._chance(), floor_s=floor_s, cap_s=most_s)
        attempt = self._backoff.attempt
        state.reads_failure = RetryableFailure(error, attempt, state.wall() + delay_s)
        # A single failure that is tried again soon is not shown beside a complete table.
        soon = attempt < _FAILURES_TO_TELL and delay_s < READS_OVERDUE_S
        told = not soon or state.lifecycle.data is not Data.COMPLETE
        if isinstance(error, DatabaseUnavailableError) or (
            told and isinstance(error, UnreachableError)
        ):
            self._project.unanswered(error, began)
        if told:
            state.apply(Event.READS_FAILED)
        return delay_s

    def worked(self) -> None:
        """Note that reads work, or that nothing waits for one any more."""
        self._backoff = Backoff()
        self._only_pings = False
        if self._state.reads_failure is not None:
            self._state.reads_failure = None
            # What waits for another attempt need not wait any longer.
            self._state.retry.now()
            self._state.apply(Event.READS_WORK)

    def _overdue(self, after_s: float) -> None:
        error = UnreachableError(
            f"The database has not answered for {after_s:.0f} s.", "Waiting for the answer."
        )
        self._state.reads_failure = RetryableFailure(error, self._backoff.attempt)
        self._state.apply(Event.READS_FAILED)
