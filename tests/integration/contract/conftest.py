"""One local backend for the contract's tests: a table for each, announced by Realtime and by a trigger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.steady import steady_backend

TABLE = "numbered"


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        running.sql(
            f"create sequence {TABLE}_versions; grant usage on sequence {TABLE}_versions to public;"
            f"create table {TABLE} (id bigint primary key, text text,"
            f" version bigint not null default nextval('{TABLE}_versions'));"
            f"alter publication supabase_realtime add table {TABLE}"
        )
        setup.enable(TABLE, running.dsn)
        yield running


@pytest.fixture
def numbered(backend: LocalBackend) -> Iterator[LocalBackend]:
    """The backend, with the table emptied."""
    backend.sql(f"delete from {TABLE}")
    max_rows = backend.settings.max_rows
    yield backend
    backend.settings.max_rows = max_rows
    backend.faults.clear()
