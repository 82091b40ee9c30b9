"""PostgreSQL's LISTEN/NOTIFY: every commit is announced at once, whole and in order, to whoever listens, whatever they may see.

What is lost is lost with the connection. Reads are never cut off, and the catalog is never old.
"""

from __future__ import annotations

import asyncio
from random import Random
from typing import Final

from rtwidget.abc import Notification
from rtwidget.replica.keys import Key
from tests.sim.runs.plan import Plan
from tests.sim.servers.realtime_server import Server
from tests.sim.servers.table import Table

MOST_KEYS: Final = 4
"""More keys of one transaction are announced as "everything"; small, so that it happens."""
_ALL_KEYS: Final = 1_000


class PostgresServer(Server):
    """One database with triggers on one table.

    Args:
        table: The table.
        random: The run's random numbers.
        loop: The run's loop.
        most_keys: How many keys a transaction may announce by name.
    """

    hears_before_live = False

    def __init__(
        self, table: Table, random: Random, loop: asyncio.AbstractEventLoop, most_keys: int
    ) -> None:
        super().__init__(table, random, loop)
        self._most_keys = most_keys
        table.truncated = self._truncated

    def committed(self) -> None:
        """Announce the keys that a transaction named, old ones and new ones."""
        batch = self.table.log[self._place :]
        self._place = len(self.table.log)
        keys: tuple[Key, ...] = tuple(
            dict.fromkeys(key for change in batch for key in (change.key, change.old_key))
        )
        if keys:
            named = len(keys) <= self._most_keys
            self._tell(Notification(keys) if named else Notification(everything=True))

    def _truncated(self) -> None:
        self._tell(Notification(everything=True))

    def _tell(self, notification: Notification) -> None:
        for subscription in tuple(self.subscriptions):
            self._send(subscription, notification)


def server_of(plan: Plan, table: Table, random: Random, loop: asyncio.AbstractEventLoop) -> Server:
    """Return the server of a plan."""
    if not plan.postgres:
        return Server(table, random, loop)
    # In a quiet run reads of keys alone must keep up, so every key is named.
    return PostgresServer(table, random, loop, _ALL_KEYS if plan.quiet else MOST_KEYS)
