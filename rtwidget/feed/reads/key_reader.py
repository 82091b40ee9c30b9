"""Reads of dirty keys: gathered, paced, halved when they fail (design section 3)."""

from __future__ import annotations

import asyncio

from rtwidget.errors import (
    ColumnNotFoundError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.feed.reads.answer_checks import columns_changed, note_answer, rows_by_key
from rtwidget.feed.reads.oversized_row import oversized_row
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.replica.budgets import (
    KEY_READ_BYTES,
    KEY_READ_FAILURES,
    KEY_READ_GAP_S,
    MOST_OVERSIZED_ROWS,
)
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead
from rtwidget.sources.base import Answer


class KeyReader:
    """Repairs the rows that notifications named.

    Args:
        path: What reads go through.
    """

    def __init__(self, context: ReadContext) -> None:
        self._state = context.state
        self._context = context
        self._alone_failed: dict[Key, int] = {}

    async def run(self) -> None:
        """Read dirty keys whenever there are some, until cancelled.

        Raises:
            SourceError: When the answer needs the user.
        """
        state = self._state
        clock = asyncio.get_running_loop().time
        while True:
            attended, retry_at = state.attended, state.oversized.next_at()
            due_at = state.pacing.due_at(attended=attended)
            alone_at = state.pacing.alone_at(retry_at, attended=attended)
            # Before the columns are known there is nowhere to put a row; the first pass reads everything anyway.
            if not state.described or due_at is alone_at is None:
                state.wake_keys.clear()
                await state.wake_keys.wait()
            elif alone_at is not None and alone_at <= clock():
                await self._read(state.oversized.due(clock()))
            elif due_at is not None and due_at <= clock():
                await self._read()
            elif due_at is not None:
                # In steps, because somebody may begin to look meanwhile.
                await asyncio.sleep(min(due_at - clock(), KEY_READ_GAP_S))
            elif alone_at is not None:
                state.wake_keys.clear()
                await state.retry.wait(alone_at - clock(), state.wake_keys)

    def _batch(self) -> list[Key]:
        """Return the keys to read next: as many as come well, by what is known of reads of keys and of pages."""
        state = self._state
        most = self._context.row_pages.of(state.pacing.batch_rows)
        return state.replica.dirty_keys(most, KEY_READ_BYTES, without=state.oversized)

    def _waiting(self) -> int:
        """Return how many keys wait to be read together with others."""
        return sum(key not in self._state.oversized for key in self._state.replica.dirty)

    async def _read(self, alone: Key | None = None) -> None:
        """Read some dirty keys, or a row that was too large alone: its time is no measure of others'."""
        state, replica = self._state, self._state.replica
        clock = asyncio.get_running_loop().time
        async with self._context.slot(paced=True):
            # A pass may have read them while they waited for their place.
            state.settle_oversized()
            keys = self._batch() if alone is None else [alone] if alone in state.oversized else []
            began = self._begin(keys, alone)
            if not keys:
                self._context.health.worked()
                return
            commit_at, state.oldest_commit_at = state.oldest_commit_at, None
            read = replica.begin_keys(keys)
            try:
                answer = await self._context.health.watch(self._context.source.read_keys(keys))
                self._take(read, answer, clock() - began)
            except SourceError as error:
                replica.fail(read)
                if alone is None:
                    state.pacing.failed(clock(), len(keys))
                failure: SourceError | None = error
            except BaseException:
                replica.fail(read)
                raise
            else:
                failure = None
                self._alone_failed.clear()
            if alone is None:
                state.pacing.ended(clock(), began, waiting=self._waiting() > 0)
        if failure is not None:
            await self._failed(keys, failure)
            return
        if commit_at is not None:
            state.lag_ms = max(0.0, (state.wall() - commit_at) * 1000)
        state.tell()

    def _begin(self, keys: list[Key], alone: Key | None) -> float:
        """Note that a read begins, and return when."""
        now, pacing = asyncio.get_running_loop().time(), self._state.pacing
        if alone is None:
            pacing.began(now, more=self._waiting() > len(keys))
        elif keys:
            pacing.began_alone(now)
        return now

    def _take(self, read: KeyRead, answer: Answer, took_s: float) -> None:
        state = self._state
        rows = rows_by_key(state, answer)
        if rows is None:
            state.replica.fail(read)
            return
        state.stats.key_reads += 1
        note_answer(state.stats, answer)
        state.pacing.answered(len(read.keys), len(rows), answer.size_bytes, took_s)
        state.publish(state.replica.complete_keys(read, rows, whole=answer.whole))
        state.settle_oversized()
        self._note_foreign(read.keys, rows)

    def _note_foreign(self, asked: frozenset[Key], rows: dict[Key, Row]) -> None:
        """Stop trusting keys of notifications once an answer spells one differently (design section 6)."""
        state = self._state
        if state.keys_trusted and not rows.keys() <= asked:
            state.keys_trusted = False
            state.replica.invalidate_all("notifications spell keys differently from reads")
            state.wake_passes.set()

    async def _failed(self, keys: list[Key], error: SourceError) -> None:
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
