"""What follows a read of keys that failed: smaller reads, a pass, another description of the table, or only a wait."""

from __future__ import annotations

from rtwidget.errors import (
    ColumnNotFoundError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.feed.reads.answer_checks import columns_changed
from rtwidget.feed.reads.oversized_row import oversized_row
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.replica.budgets import KEY_READ_FAILURES, MOST_OVERSIZED_ROWS
from rtwidget.replica.keys import Key


class KeyReadFailures:
    """The failed reads of keys of one feed; loop thread only.

    Args:
        context: What reads go through.
    """

    def __init__(self, context: ReadContext) -> None:
        self._state = context.state
        self._context = context
        # How often in a row a key failed that was read alone: one such key must not hold up all others for ever.
        self._alone_failed: dict[Key, int] = {}

    def forget(self) -> None:
        """Forget the failures, because a read worked."""
        self._alone_failed.clear()

    async def handle(self, keys: list[Key], error: SourceError) -> None:
        """Leave the keys of a failed read to smaller reads, to a pass or to later, and wait before the next read.

        Args:
            keys: What was asked for.
            error: What the read failed of.

        Raises:
            SourceError: The error itself, when time does not mend it.
        """
        state = self._state
        if isinstance(error, ReadTooLargeError) and self._leave(keys, error):
            state.stats.failed_reads += 1
            return
        if len(keys) == 1:
            self._alone_failed[keys[0]] = failures = self._alone_failed.get(keys[0], 0) + 1
            if failures >= KEY_READ_FAILURES:
                del self._alone_failed[keys[0]]
                state.replica.invalidate_all("a key could not be read")
                state.wake_passes.set()
        if isinstance(error, ColumnNotFoundError | TableNotFoundError):
            columns_changed(state)
            return
        delay_s = self._context.health.failed(error)
        await state.retry.wait(delay_s)

    def _leave(self, keys: list[Key], error: ReadTooLargeError) -> bool:
        """Ask for fewer, or leave a single row alone, which others need not wait for; return whether that can be."""
        state = self._state
        if len(keys) > 1:
            return True
        (key,) = keys
        if key not in state.oversized:
            if len(state.oversized) >= MOST_OVERSIZED_ROWS:
                return False
            # A page may hold what a read by its key does not give.
            state.replica.invalidate_all("a row could not be read by its key")
            state.wake_passes.set()
        state.cannot_read(key, oversized_row(state.rows.schema.key, key, error))
        return True
