"""What tests of failures start from."""

from __future__ import annotations

import pytest

from rtwidget.local import LocalBackend
from tests.integration.table.conftest import publish


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key, owner text, due date")
    backend.sql(f"insert into {name} values (1, 'ada', '2024-02-29')")
    return name
