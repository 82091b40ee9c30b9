"""A table's tie to its feed: attaches, follows the identity to another feed, pauses, and tells who follows it."""

from __future__ import annotations

import asyncio

from rtwidget.abc import SourceRequest
from rtwidget.errors import AuthenticationError, RtwidgetError
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.sharing.lease_search import find_lease
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.sharing.table_rows import TableRows
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.store.difference import difference
from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.snapshot import EMPTY


class Attachment(TableRows):
    """One table's hold on a feed; loop thread only, but for `snapshot`, `status`, `error` and `signal`, which any thread may read.

    Args:
        request: What to read; checked arguments.
        registry: The feeds of the process.
        verify_every_s: The user's interval between passes, or None.
    """

    def __init__(
        self, request: SourceRequest, registry: Registry, verify_every_s: float | None
    ) -> None:
        super().__init__()
        self._request = request
        self._registry = registry
        self.verify_every_s = verify_every_s
        self._retry = Retry()
        self._moving: asyncio.Task[None] | None = None
        self._seeking = False
        self.paused = self.asleep = self.closed = False

    async def attach(self, leaving: asyncio.Future[None] | None = None) -> None:
        """Find the feed, once the last one is left, and take what it has."""
        if leaving is not None:
            await leaving
        self._seeking = True
        try:
            lease = await find_lease(self, self._request, self._registry, self._retry)
        finally:
            self._seeking = False
        # Closed while it was looked for, so nobody else will give it back.
        if lease is not None and self.closed:
            await self._registry.detach(lease)
            return
        self._lease = lease
        if lease is not None and self.paused:
            lease.feed.pause(self)
        elif lease is not None:
            # A feed that others share has rows already, which nothing will announce again.
            self._kept = None
            self.tell_emptied()
            lease.feed.state.tell()

    def refresh(self) -> None:
        """Verify now, and try at once whatever waits for another attempt."""
        self._retry.now()
        self._leave_refused()
        if self._lease is not None:
            self._lease.feed.refresh()
        elif self.status.state is State.FAILED:
            self._move()

    def pause(self, problem: Problem | None = None) -> None:
        """Keep the rows as they are and ask for no more; others who share the feed go on."""
        if self.closed:
            return
        self._keep()
        self.paused, self.asleep = True, problem is not None
        self.show_held(State.PAUSED, problem)
        if self._lease is not None:
            self._lease.feed.pause(self)

    def resume(self) -> None:
        """Go on after a pause, and tell what happened meanwhile."""
        kept = self._kept
        if self.closed or not self.paused or kept is None:
            return
        self.paused = self.asleep = False
        self._leave_refused()
        if self._lease is None:
            self._move()
            return
        self._kept = None
        self._lease.feed.resume(self)
        self._lease.feed.state.tell()
        now = self.snapshot()
        if now.schema == kept.schema:
            self.changed(difference(kept.snapshot, now))
        else:
            self.tell_emptied()

    async def close(self) -> None:
        """Give the lease back; the last picture stays."""
        self.closed = True
        if self._moving is not None:
            self._moving.cancel()
        self._keep()
        self.paused = True
        self.show_held(State.CLOSED, None)
        lease, self._lease = self._lease, None
        if lease is not None:
            await self._registry.detach(lease)

    def identity_changed(self) -> None:
        """Go to the feed of whoever the token names now; the rows of the one before are gone at once."""
        # Told before the rows go, because a thread that finds none must not find them verified.
        if self._kept is None:
            self.show_connecting(0)
        else:
            self._kept = KeptRows(EMPTY)
        # Others who share the feed may keep its rows.
        lease, self._lease = self._lease, None
        leaving = None if lease is None else self._registry.detach(lease)
        self.tell_emptied()
        if leaving is not None:  # else it is on its way already
            self._move(leaving)

    def token_refused(self, error: RtwidgetError) -> None:
        """Fail alone, with the rows as they are; `refresh` asks for the token again."""
        lease = self._lease
        if lease is None:
            return
        self._keep()
        self._lease = None
        self._registry.detach(lease)
        if not self.paused:
            self.show_failed(error)

    def _leave_refused(self) -> None:
        """Leave a feed that failed of its tokens, so that this table's own is asked for before anything is read again."""
        failure = None if self._lease is None else self._lease.feed.state.failure
        if isinstance(failure, AuthenticationError):
            self.token_refused(failure)

    def _move(self, leaving: asyncio.Future[None] | None = None) -> None:
        if not self.paused:
            self.show_connecting(len(self.snapshot()))
        # One search at a time, because each would come back with a lease.
        if not self._seeking and (self._moving is None or self._moving.done()):
            self._moving = asyncio.get_running_loop().create_task(self.attach(leaving))
