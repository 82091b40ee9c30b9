"""Those who hold tables: they open, close, pause, resume and refresh, and watch what they are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from rtwidget.feed.sharing.attachment import Attachment
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.replica.states.table_state import State
from tests.sim.clients.request import SimRequest
from tests.sim.runs.plan import Want
from tests.sim.servers.backend import Backend
from tests.sim.servers.tokens import Session


class Watcher:
    """Follows one table, and keeps its keys by what it is told."""

    keeps_awake = True

    def __init__(self, user: User, said: Callable[..., None], *, attentive: bool) -> None:
        self.attentive = attentive
        self._user = user
        self._said = said
        self._keys: set[Key] = set()
        self._feed: object = None
        self._state: State | None = None

    def changed(self, delta: Delta) -> None:
        self._keys = (self._keys - delta.removed) | delta.inserted
        shown, lease = set(self._user.attachment.snapshot().keys), self._user.attachment._lease
        # A table that joins a running feed begins with the rows that are there.
        known = lease is not None and lease.feed is self._feed
        if known and self._keys != shown:
            self._user.blame(f"{self._user.name} was told {self._keys ^ shown} wrong")
        self._feed, self._keys = lease and lease.feed, shown

    def told(self, status: Status) -> None:
        if status.state is not self._state:
            self._state = status.state
            self._said("state", self._user.name, status.state.value, status.error)

    def emptied(self) -> None:
        self._keys = set(self._user.attachment.snapshot().keys)


class User:
    """One table and its owner.

    Args:
        name: For the trace.
        want: What to open.
        session: The owner's token.
        backend: Where the table is.
        registry: The feeds of the process.
        said: Told what happens, for the trace.
        blame: Told what is wrong.
    """

    def __init__(
        self,
        name: str,
        want: Want,
        *,
        session: Session,
        backend: Backend,
        registry: Registry,
        said: Callable[..., None],
        blame: Callable[[str], None],
    ) -> None:
        self.blame = blame
        self.name = name
        self.session = session
        self._want = want
        self._backend = backend
        self._registry = registry
        self._said = said
        self._opened: list[asyncio.Task[None]] = []
        self.closed = True
        self.unheard_since: float | None = None

    def open(self) -> None:
        """Open the table, or open it again."""
        request = SimRequest(self._backend, self._want.status, self._want.top, self.session)
        self.attachment = Attachment(request, self._registry, self._want.verify_every_s)
        self.attachment.followers.append(Watcher(self, self._said, attentive=self._want.attentive))
        self.closed = False
        self.unheard_since = None
        self._do(self.attachment.attach)

    def act(self, random: Random) -> None:
        """Do one of the things that users do."""
        deed = random.choice(["pause", "resume", "refresh", "reopen", "close", "open"])
        self._said("deed", self.name, deed)
        self._backend.meter.asked()
        if self.closed:
            self.open()
        elif deed == "pause":
            self.pause()
        elif deed == "resume":
            self.attachment.resume()
        elif deed == "refresh":
            self.attachment.refresh()
        elif deed == "close":
            self.close()
        elif deed == "reopen":
            # As a notebook cell that runs again: the new table is there before the old one has gone.
            self.close()
            self.open()

    def pause(self) -> None:
        """Pause the table."""
        self._do(self.attachment.pause)

    def settle(self) -> None:
        """Leave the table open and running."""
        self._backend.meter.asked()
        if self.closed:
            self.open()
        self.attachment.resume()
        self.attachment.refresh()

    def close(self) -> None:
        """Close the table."""
        self.closed = True
        self._do(self.attachment.close)

    def demand_no_fault(self) -> None:
        """Raise what went wrong in something that the user did."""
        for task in self._opened:
            if task.done() and not task.cancelled():
                task.result()

    def _do(self, deed: Callable[[], object]) -> None:
        work = deed()
        if asyncio.iscoroutine(work):
            self._opened.append(asyncio.get_running_loop().create_task(work))
