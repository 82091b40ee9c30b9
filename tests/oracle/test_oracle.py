"""Whatever is written and whatever goes wrong, each live table comes to equal its `select`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

import pytest

from rtwidget.feed import gate
from rtwidget.local import LocalBackend
from rtwidget.replica.bucket import TokenBucket
from tests.oracle.database import Database
from tests.oracle.run import Run
from tests.oracle.server import Server

BATCHES_A_RUN = 10
BATCHES = int(os.environ.get("RTWIDGET_ORACLE_BATCHES", "200"))
GIVEN = os.environ.get("RTWIDGET_ORACLE_SEED")
SEEDS = (
    [int(GIVEN)]
    if GIVEN
    else [secrets.randbelow(2**32) for _ in range(max(1, BATCHES // BATCHES_A_RUN))]
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[LocalBackend]:
    with LocalBackend(rest=False, realtime=False) as backend:
        yield backend


@pytest.fixture(scope="module")
def server(postgres: LocalBackend) -> Iterator[Server]:
    server = Server(postgres.dsn)
    yield server
    server.stop()


@pytest.fixture
def database(postgres: LocalBackend) -> Iterator[Database]:
    database = Database(postgres.dsn)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget of reads is tested elsewhere; here it would only be waited for."""
    monkeypatch.setattr(gate, "TokenBucket", lambda: TokenBucket(per_s=200, burst=200))


@pytest.mark.parametrize("seed", SEEDS)
def test_replicas_equal_their_selects(
    seed: int, server: Server, database: Database, postgres: LocalBackend
) -> None:
    Run(seed, server, database, postgres.faults).go(BATCHES_A_RUN)
