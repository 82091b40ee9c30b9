"""One backend for all tests of values."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from rtwidget.local import LocalBackend
from tests.integration.steady import steady_backend
from tests.integration.values.columns import TYPES


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        running.sql(TYPES)
        yield running


@pytest.fixture
def name(backend: LocalBackend) -> Iterator[str]:
    """A table's name, for a table that the test makes and that goes with it."""
    table = f"t_{uuid4().hex[:8]}"
    yield table
    backend.sql(f"drop table if exists {table} cascade")
