"""What a live table says about who reads it, and about what is wrong. Any thread but the loop thread."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as OutOfTime
from typing import Any, TypeVar

from rtwidget.doctor.access_report import Access, Seen, find_access
from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Finding, ok, problem, skipped, warning
from rtwidget.doctor.report import Report
from rtwidget.errors import ArgumentError, NotReadyError
from rtwidget.feed.runtime.loop_thread import LOOP, LoopThread
from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State
from rtwidget.sources.secret import veiled
from rtwidget.view.replica_table import ReplicaTable

T = TypeVar("T")
ACCESS_S = 30.0
"""A token function may take 10 s, and a login as long."""
DOCTOR_S = 180.0
"""More than all its waits together, so that a hang here ends too."""

_WORKING = frozenset({State.CONNECTING, State.LOADING})


class TableDiagnosis:
    """The part of `LiveTable` that looks at itself."""

    _handle: ReplicaTable

    @property
    def access(self) -> Access:
        """As whom the table is read: role, names of claims, whether row-level security binds it, and what is visible.

        Asks for the token again, or for PostgreSQL the catalog, each time.

        Raises:
            ArgumentError: When the source has no readers to tell apart.
            SourceError: When no token is to be had, or the login is refused.
        """
        status, stats = self._handle.status, self._handle.stats
        rows = None if status.verified_at is None else status.rows
        agreed_at = stats.agreed_at
        agreed_ago_s = None if agreed_at is None else time.time() - agreed_at
        seen = Seen(rows, status.state is State.LIVE, stats.losses_found, agreed_ago_s)
        found = _asked(find_access(self._handle.request, seen), ACCESS_S)
        if found is None:
            raise ArgumentError("This source has no readers to tell apart.")
        return found

    def doctor(self, *, dsn: object = None, write: object = None, insecure: bool = False) -> Report:
        """Return what may keep the table from being live, one line for each check; takes some seconds.

        Args:
            dsn: A connection string of a Supabase project's database, or a `Postgres`, to look at grants, policies and the publication.
            write: The key of a row that may be touched (a column is set to what it is), to see whether that is announced.
            insecure: Whether `dsn` may lead to another machine without TLS, or to one that does not prove who it is.

        Raises:
            ArgumentError: When an argument cannot work.
        """
        # From here on, no traceback that shows variables can show it.
        dsn = veiled(dsn)
        examination = examine(self._handle.request, dsn=dsn, write=write, insecure=insecure)
        report = _asked(examination, DOCTOR_S)
        return Report(report.title, (judge_state(self._handle.status), *report.findings))


def judge_state(status: Status) -> Finding:
    """Return how the table itself stands (any thread)."""
    said = f"The table is {status.state}, with {status.rows:,} rows."
    if status.error is not None:
        said = f"{said} {status.error.message}"
    mend = status.error.hint if status.error else ""
    if status.state is State.LIVE:
        return ok("state", said)
    if status.state in _WORKING:
        return warning("state", said, mend or "Wait until it is there, or look at the lines below.")
    if status.state in (State.PAUSED, State.CLOSED):
        return skipped("state", said)
    if status.state is State.POLLING:
        return warning("state", said, mend or "`t.refresh()` tries the stream again.")
    return problem("state", said, mend)


def _asked(work: Coroutine[Any, Any, T], timeout_s: float) -> T:
    """Run something on a loop of its own, so that it also works when the tables' loop does not."""
    if LOOP.is_current():
        # What is never awaited has to be closed, or Python warns of it.
        work.close()
        raise RuntimeError("Waiting on rtwidget's own thread would never end; wait elsewhere.")
    loop = LoopThread("rtwidget-doctor")
    loop.acquire()
    try:
        future = loop.submit(work)
        try:
            return future.result(timeout_s)
        except OutOfTime:
            if future.done():
                raise
            future.cancel()
            raise NotReadyError(f"No answer came within {timeout_s:g} s.", "Try again.") from None
    finally:
        loop.release()
