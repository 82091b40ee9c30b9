"""A writer that keeps the demo's table busy."""

from __future__ import annotations

import contextlib
import threading
import time
from random import Random
from typing import TYPE_CHECKING, Any, Self

import psycopg

from rtwidget.local.demo.demo_rows import STATUSES, make_amount, make_proposal
from rtwidget.local.demo.demo_table import INSERT_PROPOSAL

if TYPE_CHECKING:
    from types import TracebackType

FEWEST_ROWS = 200
MOST_ROWS = 800
INSERTS, DELETES = 0.2, 0.15
"""Shares of the changes; the rest are updates."""
# Faster rates write several rows in one transaction instead.
SHORTEST_TICK_S = 0.02
RECONNECT_S = 0.5


class DemoWriter:
    """Inserts, updates and deletes rows from a daemon thread, and keeps the table's size bounded.

    Args:
        dsn: Connection string of a role that may write.
        rate_per_s: Changes a second.
        seed: Of what it does; timing apart, the same seed does the same.
    """

    def __init__(self, dsn: str, rate_per_s: float = 5.0, seed: int = 11) -> None:
        self._dsn = dsn
        self._rate_per_s = rate_per_s
        self._random = Random(seed)  # noqa: S311  (sample data)
        self._stopping = threading.Event()
        # A daemon, so that a program that forgets to stop it still ends.
        self._thread = threading.Thread(target=self._run, name="rtwidget-demo", daemon=True)
        self._ids: list[int] = []
        self.changes = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the current transaction and end the thread; the second call does nothing."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # A database that restarts must not end the demo.
            with (
                contextlib.suppress(psycopg.Error),
                psycopg.connect(self._dsn, autocommit=True) as connection,
            ):
                self._write(connection)
            self._stopping.wait(RECONNECT_S)

    def _write(self, connection: psycopg.Connection[Any]) -> None:
        # Read at each connection, because others may have written meanwhile.
        rows = connection.execute("select id from public.agent_proposals order by id")
        self._ids = [row[0] for row in rows.fetchall()]
        # By the clock, not by counting pauses, so that slow writes do not lower the rate.
        started, done = time.monotonic(), 0
        while not self._stopping.wait(max(SHORTEST_TICK_S, 1 / self._rate_per_s)):
            due = int((time.monotonic() - started) * self._rate_per_s) - done
            if due > 0:
                with connection.transaction():
                    for _ in range(due):
                        self._change(connection)
                done += due
                self.changes += due

    def _change(self, connection: psycopg.Connection[Any]) -> None:
        dice = self._random.random()
        if len(self._ids) < FEWEST_ROWS or (dice < INSERTS and len(self._ids) < MOST_ROWS):
            row = connection.execute(
                INSERT_PROPOSAL, make_proposal(self._random).values()
            ).fetchone()
            self._ids += row or ()
        elif dice < INSERTS + DELETES:
            place = self._random.randrange(len(self._ids))
            self._ids[place], self._ids[-1] = self._ids[-1], self._ids[place]
            self._execute(connection, "delete from public.agent_proposals where id = %s")
            self._ids.pop()
        else:
            place = self._random.randrange(len(self._ids))
            self._ids[place], self._ids[-1] = self._ids[-1], self._ids[place]
            self._update(connection)

    def _update(self, connection: psycopg.Connection[Any]) -> None:
        random = self._random
        if random.choice((True, False)):
            self._execute(
                connection,
                "update public.agent_proposals set status = %s where id = %s",
                random.choice(STATUSES),
            )
        else:
            self._execute(
                connection,
                "update public.agent_proposals set score = %s, amount = %s where id = %s",
                round(random.betavariate(4, 2), 4),
                make_amount(random),
            )

    def _execute(
        self, connection: psycopg.Connection[Any], statement: str, *values: object
    ) -> None:
        connection.execute(statement.encode(), (*values, self._ids[-1]))
