"""A session that listens in an open transaction fills the server's queue: the doctor names it, and its SQL ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Finding, Verdict
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.secret import Secret
from tests.integration.postgres.conftest import announced, until_true
from tests.integration.requested import requested

PAGES = 64
"""The fewest that a server takes."""


@pytest.fixture
def small() -> Iterator[LocalBackend]:
    """A server of its own, because a queue belongs to all databases of a server."""
    with LocalBackend(rest=False, realtime=False) as backend:
        backend.sql(f"alter system set max_notify_queue_pages = {PAGES}")
        backend.faults.restart_postgres(crash=False)
        announced(backend, "jobs", "id int primary key")
        yield backend


def queue_of(source: str) -> tuple[Finding, set[str]]:
    """Return what the doctor says of the queue, and of what else it has a problem."""
    report = asyncio.run(examine(requested("jobs", source=Secret(source))))
    return report["queue"], {one.check for one in report.problems} - {"queue"}


def fill(backend: LocalBackend, usage: float) -> None:
    """Notify until so much of the queue is used."""
    while backend.sql("select pg_notification_queue_usage()")[0][0] < usage:
        backend.sql(
            "select pg_notify('other', repeat('x', 7000) || g) from generate_series(1, 4) g"
        )


def test_the_session_that_fills_the_queue_is_named(small: LocalBackend) -> None:
    web = login_dsn(small.dsn, "web", member_of="authenticated")
    finding, _ = queue_of(web)
    assert finding.verdict is Verdict.OK
    with closing(psycopg.connect(small.dsn)) as bystander, closing(psycopg.connect(web)) as stuck:
        bystander.execute("select 1")  # idle in a transaction for longer, but it does not listen
        stuck.execute("listen something")
        stuck.commit()
        stuck.execute("select 1")
        pid = stuck.info.backend_pid
        fill(small, 0.2)
        finding, others = queue_of(small.dsn)
        assert (finding.verdict, others) == (Verdict.WARNING, set())
        assert str(pid) in finding.said
        fill(small, 0.6)
        finding, others = queue_of(web)
        assert (finding.verdict, others) == (Verdict.WARNING, set())
        assert f"waits for the session {pid} (of the role web" in finding.said
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            fill(small, 2)
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            small.sql("insert into jobs values (1)")
        finding, others = queue_of(web)
        assert (finding.verdict, others) == (Verdict.PROBLEM, set())
        small.sql(finding.mend.split("`")[1])
        until_true(lambda: queue_of(web)[0].verdict is Verdict.OK, "An empty queue")
        small.sql("insert into jobs values (1)")
