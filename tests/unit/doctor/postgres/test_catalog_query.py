"""Asking a database's catalog about a table, over connections that are given back whatever comes of it."""

from __future__ import annotations

import msgspec
import pytest

from rtwidget import Postgres
from rtwidget.doctor.postgres import catalog_query
from rtwidget.doctor.postgres.catalog_query import ask_catalog
from rtwidget.errors import AuthenticationError, SourceError, TableNotFoundError
from rtwidget.sources.postgres.read.statement import Statement
from tests.unit.doctor.checks.healthy_table import facts

ADDRESS = Postgres("host=h user=me", insecure=True).address
HEALTHY = facts()


class Pool:
    """A pool whose server knows one table, or none."""

    answer: bytes | SourceError | None = msgspec.json.encode(HEALTHY)

    def __init__(self, *_: object) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.closed = False

    async def read(self, statement: Statement) -> bytes | None:
        self.asked.append(statement.values)
        if statement.of_catalog:
            return b'[["public", "orders"]]'
        if isinstance(self.answer, SourceError):
            raise self.answer
        return self.answer

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    made = Pool()
    monkeypatch.setattr(catalog_query, "TablePool", lambda *_: made)
    return made


async def test_the_role_that_connects_is_asked_for_unless_another_is_named(pool: Pool) -> None:
    assert await ask_catalog(ADDRESS, "public", "t") == HEALTHY
    await ask_catalog(ADDRESS, "public", "t", "web")
    assert pool.asked == [("public", "t", ""), ("public", "t", "web")]
    assert pool.closed


async def test_a_table_that_is_not_there_is_told_with_the_one_that_may_be_meant(pool: Pool) -> None:
    pool.answer = None
    with pytest.raises(TableNotFoundError) as caught:
        await ask_catalog(ADDRESS, "public", "order")
    assert "orders" in caught.value.hint
    assert pool.closed


async def test_a_refusal_is_passed_on_and_the_connections_are_given_back(pool: Pool) -> None:
    pool.answer = AuthenticationError("refused")
    with pytest.raises(AuthenticationError):
        await ask_catalog(ADDRESS, "public", "t")
    assert len(pool.asked) == 1
    assert pool.closed
