"""A Postgres, a server on it and a way to the truth: all that one run needs, and shares with no other at that time."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rtwidget.local import LocalBackend
from tests.oracle.made_up.writer import Batch
from tests.oracle.servers.database import Database
from tests.oracle.servers.postgres_server import PostgresServer
from tests.oracle.servers.postgres_troubles import POSTGRES_TROUBLES
from tests.oracle.servers.server import Server
from tests.oracle.servers.target import Target
from tests.oracle.servers.troubles import TROUBLES, Trouble


class Lane:
    """Used by one thread at a time."""

    server: Target
    troubles: Sequence[Trouble] = TROUBLES

    def __init__(self) -> None:
        self.postgres = LocalBackend(rest=False, realtime=False)

    def __enter__(self) -> Self:
        self.postgres.start()
        self.database = Database(self.postgres.dsn)
        self.server = self._server()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stop()
        self.database.close()
        self.postgres.stop()

    def unheard(self, batch: Batch) -> bool:
        """Return whether some view hears nothing of a batch even when nothing is lost."""
        return batch.unheard

    def _server(self) -> Target:
        return Server(self.postgres.dsn)


class PostgresLane(Lane):
    """The same without Supabase's servers: the database itself is read and listened to."""

    troubles = POSTGRES_TROUBLES

    def unheard(self, batch: Batch) -> bool:
        """Return whether another table changed on which a policy stands: triggers tell everything else."""
        return batch.policy_changed

    def _server(self) -> Target:
        return PostgresServer(self.postgres.dsn)
