"""Tables, columns, keys and values of any name on Supabase: read, filtered, ordered and announced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.local import LocalBackend
from tests.integration.odd_names import ODD, VALUES, check, check_filtered, create, drop, quoted
from tests.integration.table.conftest import OpenTable


@pytest.fixture
def odd_table(backend: LocalBackend, odd: str) -> Iterator[str]:
    create(backend, odd)
    backend.sql(f"alter publication supabase_realtime add table {quoted(odd)}")
    yield odd
    drop(backend, odd)


@ODD
def test_names_and_values_are_only_that(
    backend: LocalBackend, odd_table: str, open_table: OpenTable
) -> None:
    odd, column = odd_table, f"is {odd_table}"
    check(backend, open_table(odd, primary_key=odd).wait_ready(), odd)
    for value in VALUES:
        wanted = {column: f"changed {value}"}
        check_filtered(open_table(odd, primary_key=odd, filter=wanted), odd, [value])
    listed = {odd: VALUES[:4]}
    check_filtered(open_table(odd, primary_key=odd, filter=listed), odd, VALUES[:4])
    name = column.replace("\\", "\\\\").replace('"', '\\"')
    first = open_table(odd, primary_key=odd, order_by=f'"{name}".desc', limit=len(VALUES))
    check_filtered(first, odd, VALUES)
