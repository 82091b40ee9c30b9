"""Reads of dirty keys: gathered, paced, halved when they fail (design section 3)."""

from __future__ import annotations

import asyncio

from rtwidget.errors import ColumnNotFoundError, SourceError, TableNotFoundError
from rtwidget.feed.read_path import ReadPath
from rtwidget.feed.reading import columns_changed, note_answer, rows_by_key
from rtwidget.replica.budgets import KEY_READ_BYTES, KEY_READ_FAILURES, KEY_READ_GAP_S
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads import KeyRead
from rtwidget.sources.base import Answer


class KeyReader:
    """Repairs the rows that notifications named.

    Args:
        path: What reads go through.
    """

    def __init__(self, path: ReadPath) -> None:
        self._state = path.state
        self._path = path
        self._alone_failed: dict[Key, int] = {}

    async def run(self) -> None:
        """Read dirty keys whenever there are some, until cancelled.

        Raises:
            SourceError: When the answer needs the user.
        """
        state = self._state
        clock = asyncio.get_running_loop().time
        while True:
            due_at = state.pacing.due_at(attended=state.attended)
            # Before the columns are known there is nowhere to put a row; the first pass reads everything anyway.
            if due_at is None or not state.described:
                state.wake_keys.clear()
                await state.wake_keys.wait()
            elif due_at > clock():
                await self._sleep(due_at - clock())
            else:
                await self._read()

    async def _sleep(self, most_s: float) -> None:
        """Wait, in steps, because somebody may begin to look meanwhile."""
        await asyncio.sleep(min(most_s, KEY_READ_GAP_S))

    async def _read(self) -> None:
        state, replica = self._state, self._state.replica
        clock = asyncio.get_running_loop().time
        async with self._path.place(paced=True):
            keys = replica.dirty_keys(state.pacing.batch_rows, KEY_READ_BYTES)
            began = clock()
            state.pacing.began(began, more=len(replica.dirty) > len(keys))
            if not keys:
                # A pass has read them while they waited for their place.
                self._path.health.worked()
                return
            commit_at, state.oldest_commit_at = state.oldest_commit_at, None
            read = replica.begin_keys(keys)
            try:
                self._take(read, await self._path.health.watch(self._path.source.read_keys(keys)))
            except SourceError as error:
                replica.fail(read)
                state.pacing.ended(clock(), began, failed=True, waiting=True)
                failure: SourceError | None = error
            except BaseException:
                replica.fail(read)
                raise
            else:
                failure = None
                self._alone_failed.clear()
                state.pacing.ended(clock(), began, failed=False, waiting=bool(replica.dirty))
        if failure is not None:
            await self._failed(keys, failure)
            return
        if commit_at is not None:
            state.lag_ms = max(0.0, (state.wall() - commit_at) * 1000)
        state.tell()

    def _take(self, read: KeyRead, answer: Answer) -> None:
        state = self._state
        rows = rows_by_key(state, answer)
        if rows is None:
            state.replica.fail(read)
            return
        state.stats.key_reads += 1
        note_answer(state.stats, answer)
        state.pacing.answered(len(read.keys), len(rows))
        state.take(state.replica.complete_keys(read, rows, whole=answer.whole))
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
        if len(keys) == 1:
            self._alone_failed[keys[0]] = failures = self._alone_failed.get(keys[0], 0) + 1
            if failures >= KEY_READ_FAILURES:
                del self._alone_failed[keys[0]]
                state.replica.invalidate_all("a key could not be read")
                state.wake_passes.set()
        if isinstance(error, ColumnNotFoundError | TableNotFoundError):
            columns_changed(state)
            return
        delay_s = self._path.health.failed(error)
        await state.retry.wait(delay_s)
