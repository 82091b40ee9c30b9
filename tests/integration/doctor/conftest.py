"""One backend for the doctor's tests; each breaks a table of its own and reads the verdict."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.report import Report
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from tests.integration.steady import steady_backend
from tests.requested import requested

Examine = Callable[..., Report]
EXAMINED = ("dsn", "write", "wall", "insecure")


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        yield running


@pytest.fixture
def name(backend: LocalBackend, request: pytest.FixtureRequest) -> Iterator[str]:
    """A table's name, for a table that the test makes and that goes with it."""
    table = f"t_{abs(hash(request.node.nodeid)) % 10**8}"
    yield table
    backend.faults.clear()
    backend.sql(f"drop table if exists {table} cascade")


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    """A healthy table: published, with row-level security, one policy and three rows."""
    backend.sql(
        f"create table {name} (id int primary key, owner text, n int);"
        f"insert into {name} select g, 'ada', g from generate_series(1, 3) g;"
        f"alter table {name} enable row level security;"
        f"create policy everybody on {name} using (true);"
        f"alter publication supabase_realtime add table {name}"
    )
    return name


@pytest.fixture
def examined(backend: LocalBackend, name: str) -> Examine:
    """Examine the test's table as the anonymous key, unless the options say otherwise."""

    def examine_one(table: str = name, **options: Any) -> Report:
        ways = {way: options.pop(way) for way in EXAMINED if way in options}
        options = {"url": backend.url, "key": backend.anon_key, **options}
        report = asyncio.run(examine(requested(table, **options), **ways))
        assert backend.subscriptions == 0
        return report

    return examine_one


def problems(report: Report) -> list[str]:
    """Return the checks with a problem."""
    return [finding.check for finding in report.problems]


def not_ok(report: Report) -> dict[str, Verdict]:
    """Return what is a warning or a problem."""
    bad = (Verdict.WARNING, Verdict.PROBLEM)
    return {one.check: one.verdict for one in report if one.verdict in bad}


@pytest.fixture
def dsn(backend: LocalBackend) -> str:
    """Connection string of a role that may look into the catalog and at nothing else."""
    return login_dsn(backend.dsn, "looker")
