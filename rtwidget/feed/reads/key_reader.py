"""Reads of dirty keys: gathered, paced, halved when they fail (design section 3)."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Answer
from rtwidget.errors import SourceError
from rtwidget.feed.reads.answer_checks import note_answer, rows_by_key
from rtwidget.feed.reads.key_read_failures import KeyReadFailures
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.replica.budgets import (
    KEY_READ_BYTES,
    KEY_READ_GAP_S,
)
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead


class KeyReader:
    """Repairs the rows that notifications named.

    Args:
        path: What reads go through.
    """

    def __init__(self, context: ReadContext) -> None:
        self._state = context.state
        self._context = context
        self._failures = KeyReadFailures(context)

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
            elif alone_at is not None and (key := self._due_alone(alone_at, clock())) is not None:
                await self._read_alone(key)
            elif due_at is not None and due_at <= clock():
                await self._read_batch()
            elif due_at is not None:
                # In steps, because somebody may begin to look meanwhile.
                await asyncio.sleep(min(due_at - clock(), KEY_READ_GAP_S))
            elif alone_at is not None:
                state.wake_keys.clear()
                # Ended early by a notification, by `refresh()`, and when the database is back.
                await state.retry.wait(alone_at - clock(), state.wake_keys)

    def _due_alone(self, alone_at: float, now: float) -> Key | None:
        return self._state.oversized.due(now) if alone_at <= now else None

    def _batch(self) -> list[Key]:
        """Return the keys to read next: as many as come well, by what is known of reads of keys and of pages."""
        state = self._state
        most = self._context.row_pages.of(state.pacing.batch_rows)
        return state.replica.dirty_keys(most, KEY_READ_BYTES, without=state.oversized)

    def _waiting(self) -> int:
        """Return how many keys wait to be read together with others."""
        return sum(key not in self._state.oversized for key in self._state.replica.dirty)

    async def _read_batch(self) -> None:
        """Read the keys that wait, as many at once as come well."""
        state, clock = self._state, asyncio.get_running_loop().time
        async with self._context.slot(paced=True):
            # A pass may have read them while they waited for their slot.
            state.settle_oversized()
            keys, began = self._batch(), clock()
            state.pacing.began(began, more=self._waiting() > len(keys))
            if not keys:
                self._context.health.worked()
                return
            commit_at, state.oldest_commit_at = state.oldest_commit_at, None
            failure = await self._read(keys, began)
            if failure is not None:
                state.pacing.failed(clock(), len(keys))
            state.pacing.ended(clock(), began, waiting=self._waiting() > 0)
        await self._ended(keys, failure, commit_at)

    async def _read_alone(self, key: Key) -> None:
        """Read a row that was too large, which others do not wait for: its time is no measure of theirs."""
        state, clock = self._state, asyncio.get_running_loop().time
        async with self._context.slot(paced=True):
            state.settle_oversized()
            if key not in state.oversized:
                self._context.health.worked()
                return
            began = clock()
            state.pacing.began_alone(began)
            commit_at, state.oldest_commit_at = state.oldest_commit_at, None
            failure = await self._read([key], began)
        await self._ended([key], failure, commit_at)

    async def _read(self, keys: list[Key], began: float) -> SourceError | None:
        """Read keys and store what comes back; return why that failed, or None."""
        clock, replica = asyncio.get_running_loop().time, self._state.replica
        read = replica.begin_keys(keys)
        try:
            answer = await self._context.health.watch(self._context.source.read_keys(keys))
            self._take(read, answer, clock() - began)
        except SourceError as error:
            replica.fail(read)
            return error
        except BaseException:
            # Cancelled, or a fault: the keys stay dirty, and whoever runs next reads them.
            replica.fail(read)
            raise
        self._failures.forget()
        return None

    async def _ended(
        self, keys: list[Key], failure: SourceError | None, commit_at: float | None
    ) -> None:
        """Tell how a read went, once its slot is free for another."""
        state = self._state
        if failure is not None:
            await self._failures.handle(keys, failure)
            return
        if commit_at is not None:
            state.lag_ms = max(0.0, (state.wall() - commit_at) * 1000)
        state.tell()

    def _take(self, read: KeyRead, answer: Answer, took_s: float) -> None:
        state = self._state
        rows = rows_by_key(state, answer)
        # The keys stay dirty until the table is described again.
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
