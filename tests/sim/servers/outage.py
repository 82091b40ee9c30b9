"""A database that is down behind servers that live: reads are refused, sockets stay, and nothing is announced (reference 3.3, L4-L6)."""

from __future__ import annotations

import asyncio

from rtwidget.errors import ConnectionLostError
from tests.sim.servers.backend import Backend

GIVES_UP_S = 20.0
"""After so long Realtime's poller has tried six times and gives up; whoever was joined is never told anything again."""
NOTICED_S = 30.0
"""Until then every table must say that the database does not answer."""


class Outage:
    """The outages of one database.

    Args:
        backend: What stands in front of it.
        loop: The run's loop.
        exact: Whether it announces by itself, as PostgreSQL does, so that its connections end with it.
    """

    def __init__(self, backend: Backend, loop: asyncio.AbstractEventLoop, *, exact: bool) -> None:
        self._backend = backend
        self._loop = loop
        self._exact = exact
        self.began_at: float | None = None
        self.ended_at: float | None = None
        self.noticed = False

    def begin(self) -> None:
        """Stop the database."""
        if self.began_at is None:
            self.began_at = self._loop.time()
            self._backend.network.down = self._backend.server.down = True
            self._backend.table.down = True
            if self._exact:
                self._backend.server.close_all(ConnectionLostError("The server ended."))

    def end(self, hole_s: float = 0.0) -> None:
        """Start the database again.

        Args:
            hole_s: For how long the server goes on to lose what is committed, in seconds.
        """
        if self.began_at is None:
            return
        server, now = self._backend.server, self._loop.time()
        lasted_s, self.began_at, self.ended_at = now - self.began_at, None, now
        self.noticed = lasted_s > NOTICED_S
        self._backend.network.down = server.down = self._backend.table.down = False
        server.restart_poller()
        if lasted_s > GIVES_UP_S:
            server.forget_all()
        elif hole_s and not self._exact:
            server.faults.losing = True
            self._loop.call_later(hole_s, server.faults.calm_down)

    def lasts_s(self) -> float:
        """Return for how long the database has been down, in seconds."""
        return 0.0 if self.began_at is None else self._loop.time() - self.began_at
