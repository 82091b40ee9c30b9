"""A Postgres, a server on it and a way to the truth: all that one run needs, and shares with no other at that time."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rtwidget.local import LocalBackend
from tests.oracle.database import Database
from tests.oracle.server import Server


class Lane:
    """Used by one thread at a time."""

    def __init__(self) -> None:
        self.postgres = LocalBackend(rest=False, realtime=False)

    def __enter__(self) -> Self:
        self.postgres.start()
        self.database = Database(self.postgres.dsn)
        self.server = Server(self.postgres.dsn)
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
