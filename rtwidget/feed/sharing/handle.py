"""A table as its owner holds it: any thread may read it, wait for it and close it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import wait
from time import monotonic
from typing import TypeVar

from rtwidget.abc import SourceRequest
from rtwidget.errors import ClosedError
from rtwidget.feed.follower import Follower
from rtwidget.feed.runtime.loop_thread import LOOP, LoopThread
from rtwidget.feed.sharing.readable_table import ReadableTable
from rtwidget.feed.sharing.registry import REGISTRY, Registry
from rtwidget.feed.sharing.table_sleep import SLEEP_AFTER_S, Sleeper
from rtwidget.feed.status import checked_timeout_s, not_ready
from rtwidget.replica.states.table_state import State

T = TypeVar("T")
# A server that does not take our goodbye must not hold up the caller.
_CLOSE_S = 5.0


class TableHandle(ReadableTable):
    """Every method may be called from any thread but the loop thread.

    Args:
        request: What to read; checked arguments.
        verify_every_s: The user's interval between passes, or None.
        loop: The loop thread.
        registry: The feeds of the process.
        sleep_after_s: After how long without anybody looking it unsubscribes, in seconds.
    """

    def __init__(
        self,
        request: SourceRequest,
        verify_every_s: float | None = None,
        loop: LoopThread = LOOP,
        registry: Registry = REGISTRY,
        sleep_after_s: float = SLEEP_AFTER_S,
    ) -> None:
        super().__init__(request, registry, verify_every_s)
        self._sleeper = Sleeper(self._attachment, sleep_after_s)
        self._loop = loop
        self._lock = threading.Lock()
        self.closed = False
        loop.acquire()
        self._attaching = loop.submit(self._attachment.attach())
        self._sleeping = loop.submit(self._sleeper.run())

    def used(self, *, displayed: bool = False) -> bool:
        """Note that somebody looks, and wake the table if it sleeps; returns whether it slept."""
        if not displayed:
            self._attachment.read_at = monotonic()
        if asleep := self._sleeper.used(displayed=displayed):
            self.call(self._sleeper.wake)
        return asleep

    @property
    def displayed(self) -> bool:
        """Whether a view ever showed the table."""
        return self._sleeper.displayed

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function soon on the loop thread; does nothing once the table is closed."""
        self.ownership.demand()
        with self._lock:
            if not self.closed:
                self._loop.call(function, *arguments)

    def call_and_wait(self, function: Callable[[], object]) -> None:
        """Call a function on the loop thread, so that its effect is there on return."""
        self.ownership.demand()
        with self._lock:
            done = None if self.closed else self._loop.do(function)
        if done is not None and not self._loop.is_current():
            done.wait(_CLOSE_S)

    def follow(self, follower: Follower) -> None:
        """Tell a follower everything that happens from now on; one that listens wakes the table."""
        if follower.attentive:
            self.used()
        self.call(self._attachment.followers.append, follower)

    def unfollow(self, follower: Follower) -> None:
        """Stop to tell a follower."""
        self.call(self._attachment.followers.remove, follower)

    def refresh(self) -> None:
        """Verify now, and try at once whatever waits for another attempt."""
        self.call_and_wait(self._attachment.refresh)

    def pause(self) -> None:
        """Keep the rows as they are and ask for no more; nobody else who shares the feed is affected."""
        self.call_and_wait(self._attachment.pause)

    def resume(self) -> None:
        """Go on after a pause, with a pass that begins now."""
        self.call_and_wait(self._attachment.resume)

    def when_attached(self, function: Callable[[], object]) -> None:
        """Call a function once the table holds its feed, or cannot."""
        self._attaching.add_done_callback(lambda _future: function())

    def close(self, finish: Callable[[], object] = lambda: None) -> None:
        """Give the feed back, tell the server and call `finish` on the loop; the rows stay readable. Twice is once.

        In a forked process it does nothing: the table is the parent's.
        """
        if not self.ownership.is_ours:
            return
        with self._lock:
            if self.closed:
                return
            # Before anybody can be woken by the end, so that whoever waits sees it.
            self.closed = True
            closing = self._loop.submit(self._close(finish))
        if not self._loop.is_current():
            for closed in wait([closing], _CLOSE_S).done:
                closed.result()

    async def _close(self, finish: Callable[[], object]) -> None:
        self._attaching.cancel()
        self._sleeping.cancel()
        try:
            await self._attachment.close()
            finish()
        finally:
            self._loop.release()

    def check(self) -> None:
        """Raise what makes waiting pointless: that the table was closed or has failed.

        Raises:
            ClosedError: When the table was closed, or belongs to the process that this one was forked from.
            RtwidgetError: What the table failed of.
        """
        self.ownership.demand()
        if self.closed:
            raise ClosedError("The table was closed.", "Make it again with `live_table(...)`.")
        error = self.error
        if self.status.state is State.FAILED and error is not None:
            # It may be raised again and again, and each time the traceback would grow.
            raise error.with_traceback(None)

    def wait(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        """Block until a look at the table returns something.

        Args:
            look: Called now and after every change; may raise.
            timeout_s: How long to wait, in seconds.
            what: What is waited for, for the error.

        Raises:
            NotReadyError: When the time ran out.
            RuntimeError: On the loop thread, where waiting would never end.
        """
        if self._loop.is_current():
            raise RuntimeError("Waiting on rtwidget's own thread would never end; wait elsewhere.")
        self.used()
        deadline = monotonic() + checked_timeout_s(timeout_s)
        while True:
            # Before the look, so that a change after it is not missed.
            seen = self.signal.level
            found = look()
            if found is not None:
                return found
            self._attachment.read_at = monotonic()
            if not self.signal.wait(seen, max(0.0, deadline - monotonic())):
                raise not_ready(self.status, timeout_s, what)
