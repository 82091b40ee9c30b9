"""A table's tie to its feed: attaches, follows the identity to another feed, pauses, and tells who follows it."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from rtwidget.errors import ErrorKind, RtwidgetError, SourceError
from rtwidget.feed.follower import Follower
from rtwidget.feed.registry import Lease, Registry
from rtwidget.feed.retry import Retry
from rtwidget.feed.signal import Signal
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status, utc
from rtwidget.replica.backoff import Backoff
from rtwidget.replica.lifecycle import Problem, State
from rtwidget.replica.reads import Delta
from rtwidget.sources.base import SourceRequest
from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY, Snapshot

READ_RECENTLY_S: Final = 10.0
"""Who read the rows a moment ago will do so again."""


class Attachment:
    """Loop thread only, but for `snapshot`, `status`, `error` and `signal`, which any thread may read.

    Args:
        request: What to read; checked arguments.
        registry: The feeds of the process.
        verify_every_s: The user's interval between passes, or None.
    """

    def __init__(
        self, request: SourceRequest, registry: Registry, verify_every_s: float | None
    ) -> None:
        self.status = Status(State.CONNECTING, datetime.now(UTC))
        self.error: RtwidgetError | None = None
        self.signal = Signal()
        self.followers: list[Follower] = []
        self._request = request
        self._registry = registry
        self._verify_every_s = verify_every_s
        self._lease: Lease | None = None
        self._kept: KeptRows | None = None
        self._retry = Retry()
        self._moving: asyncio.Task[None] | None = None
        self._closed = False
        self.read_at = -READ_RECENTLY_S

    def snapshot(self) -> Snapshot:
        """Return the rows as they stand, or as they stood when the table was paused or closed; any thread."""
        kept, lease = self._kept, self._lease
        if kept is not None:
            return kept.snapshot
        return EMPTY if lease is None else lease.feed.state.snapshot()

    def rows_now(self) -> KeptRows | KeyedRows:
        """Return the same rows for looking up by key."""
        if self._kept is not None:
            return self._kept
        return KeptRows(EMPTY) if self._lease is None else self._lease.feed.state.rows

    @property
    def paused(self) -> bool:
        """Whether the rows are kept as they are, by a pause or for good."""
        return self._kept is not None

    @property
    def stats(self) -> Stats:
        """What the feed has cost and done so far; any thread."""
        lease = self._lease
        return Stats() if lease is None else replace(lease.feed.state.stats)

    async def attach(self) -> None:
        """Find the feed, trying again for as long as only time is needed."""
        backoff = Backoff()
        while self._lease is None and not self._closed:
            try:
                self._lease = await self._registry.attach(self._request, self, self._verify_every_s)
            except SourceError as error:
                if error.kind is not ErrorKind.TRANSIENT:
                    self._show(self._troubled(State.FAILED, error), error)
                    return
                backoff = backoff.failed()
                delay_s = backoff.delay_s(random.random(), floor_s=error.retry_after_s)  # noqa: S311
                retry_at = datetime.now(UTC).timestamp() + delay_s
                status = self._troubled(State.CONNECTING, error)
                self._show(replace(status, attempt=backoff.attempt, retry_at=utc(retry_at)), error)
                await self._retry.wait(delay_s)
        if self._closed and self._lease is not None:
            await self._registry.detach(self._lease)
        elif self._lease is not None:
            # A feed that others share has rows already, which nothing will announce again.
            self._tell_emptied()
            self._lease.feed.state.tell()

    def refresh(self) -> None:
        """Verify now, and try at once whatever waits for another attempt."""
        self._retry.now()
        if self._lease is not None:
            self._lease.feed.refresh()
        elif self.status.state is State.FAILED:
            self._move()

    async def pause(self, problem: Problem | None = None) -> None:
        """Keep the rows as they are and ask for no more; others who share the feed go on."""
        if self._kept is not None or self._lease is None:
            return
        self._kept = KeptRows(self.snapshot())
        paused = replace(self.status, state=State.PAUSED, since=datetime.now(UTC), error=problem)
        self._show(replace(paused, attempt=0, retry_at=None), None)
        await self._lease.feed.hold(self)
        self.signal.rise()

    def resume(self) -> None:
        """Go on after a pause."""
        if self.status.state is not State.PAUSED or self._lease is None:
            return
        self._kept = None
        self._lease.feed.unhold(self)
        self._lease.feed.state.tell()
        self._tell_emptied()

    async def close(self) -> None:
        """Give the lease back; the last picture stays."""
        self._closed = True
        if self._moving is not None:
            self._moving.cancel()
        if self._kept is None:
            self._kept = KeptRows(self.snapshot())
        lease, self._lease = self._lease, None
        status = replace(self.status, state=State.CLOSED, since=datetime.now(UTC))
        self._show(replace(status, error=None, attempt=0, retry_at=None), None)
        if lease is not None:
            await self._registry.detach(lease)

    # The feed's listener.

    @property
    def attended(self) -> bool:
        """Whether somebody looks at the rows or waits for them now."""
        recently = monotonic() - self.read_at < READ_RECENTLY_S
        return recently or any(follower.attentive for follower in self.followers)

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        if self._kept is not None:
            return
        self.signal.rise()
        for follower in tuple(self.followers):
            follower.changed(delta)

    def told(self, status: Status, error: RtwidgetError | None) -> None:
        """The situation changed."""
        if self._kept is None:
            self._show(status, error)

    def emptied(self) -> None:
        """Every row went."""
        if self._kept is None:
            self._tell_emptied()

    def identity_changed(self) -> None:
        """Go to the feed of whoever the token names now; the rows of the one before are gone already."""
        self._kept = None
        self._tell_emptied()
        self._move()

    def _move(self) -> None:
        self._moving = asyncio.get_running_loop().create_task(self._reattach())

    async def _reattach(self) -> None:
        lease, self._lease = self._lease, None
        self._show(Status(State.CONNECTING, datetime.now(UTC)), None)
        if lease is not None:
            await self._registry.detach(lease)
        await self.attach()

    def _troubled(self, state: State, error: RtwidgetError) -> Status:
        problem = Problem(error.message, error.hint)
        return Status(state, datetime.now(UTC), error=problem)

    def _show(self, status: Status, error: RtwidgetError | None) -> None:
        self.status, self.error = status, error
        self.signal.rise()
        for follower in tuple(self.followers):
            follower.told(status)

    def _tell_emptied(self) -> None:
        self.signal.rise()
        for follower in tuple(self.followers):
            follower.emptied()
