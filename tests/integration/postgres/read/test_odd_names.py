"""Tables, columns, keys and values of any name on PostgreSQL: read, filtered, ordered and announced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.odd_names import ODD, VALUES, check, check_filtered, create, drop
from tests.integration.postgres.conftest import OpenTable
from tests.integration.postgres.live_table.test_table import ready


@pytest.fixture
def odd_table(backend: LocalBackend, odd: str) -> Iterator[str]:
    create(backend, odd)
    setup.enable(odd, backend.dsn)
    yield odd
    setup.disable(odd, backend.dsn)
    drop(backend, odd)


@ODD
def test_names_and_values_are_only_that(
    backend: LocalBackend, odd_table: str, open_table: OpenTable
) -> None:
    odd, column = odd_table, f"is {odd_table}"
    check(backend, ready(open_table(odd)), odd)
    for value in VALUES:
        check_filtered(open_table(odd, filter={column: f"changed {value}"}), odd, [value])
    check_filtered(open_table(odd, filter={odd: VALUES[:4]}), odd, VALUES[:4])
    name = column.replace("\\", "\\\\").replace('"', '\\"')
    first = open_table(odd, order_by=f'"{name}".desc', limit=len(VALUES))
    check_filtered(first, odd, VALUES)
