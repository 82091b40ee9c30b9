"""Statements of one query: made of the table as it was described, and doubted when one fails."""

from __future__ import annotations

import msgspec
import pytest

from rtwidget import Postgres
from rtwidget.errors import (
    ColumnNotFoundError,
    ErrorKind,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.read import reader
from rtwidget.sources.postgres.read.reader import Reader
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.query.checked_query import checked_query
from tests.unit.sources.postgres.read.statements import TABLE

ADDRESS = Postgres("host=h user=me", insecure=True).address


class Pool:
    """A pool whose server has one table, and answers every read of rows alike."""

    def __init__(self, *_: object) -> None:
        self.table: Table | None = TABLE
        self.answer: bytes | SourceError | None = b"[]"
        self.catalog_reads = 0
        self.role = ""
        self.closed = False

    async def read(self, statement: Statement) -> bytes | None:
        if not statement.of_catalog:
            if isinstance(self.answer, SourceError):
                raise self.answer
            return self.answer
        self.catalog_reads += 1
        if len(statement.values) == 2:
            return b'[["public", "orders"]]'
        return None if self.table is None else msgspec.json.encode(self.table)

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[Reader, Pool]:
    pool = Pool()
    monkeypatch.setattr(reader, "TablePool", lambda *_: pool)
    return Reader(ADDRESS, checked_query("order")), pool


async def test_a_table_is_described_once_for_all_of_its_statements(
    made: tuple[Reader, Pool],
) -> None:
    rows, pool = made
    assert await rows.query() is await rows.query()
    assert (pool.catalog_reads, pool.role) == (1, "web")
    assert (await rows.describe()).key == ("a",)


async def test_a_table_that_is_not_there_is_told_with_the_one_that_may_be_meant(
    made: tuple[Reader, Pool],
) -> None:
    rows, pool = made
    pool.table = None
    with pytest.raises(TableNotFoundError) as caught:
        await rows.describe()
    assert "orders" in caught.value.hint


async def test_rows_come_with_their_size_and_no_row_is_no_column(made: tuple[Reader, Pool]) -> None:
    rows, pool = made
    query = await rows.query()
    pool.answer = b'[{"a":1,"c":"x"}]'
    page = await rows.page(query.last_key(), 7)
    assert (page.columns, [*page.rows], page.total) == (("a", "c"), [(1, "x")], 7)
    assert page.wire_bytes == page.size_bytes == len(pool.answer)
    pool.answer = None
    assert (await rows.page(query.last_key())).columns == ()


NO_COLUMN = SourceError("no column", "", code="42703", kind=ErrorKind.NEEDS_USER)
BAD_VALUE = SourceError("bad value", "", code="22P02")


@pytest.mark.parametrize("refused", [NO_COLUMN, BAD_VALUE])
async def test_a_refusal_of_a_table_that_was_altered_has_it_described_again(
    made: tuple[Reader, Pool], refused: SourceError
) -> None:
    rows, pool = made
    query = await rows.query()
    pool.answer = refused
    with pytest.raises(SourceError) as caught:
        await rows.value(query.count())
    assert caught.value is refused
    more = (*TABLE.columns, TableColumn("new", "int4", "pg_catalog"))
    pool.table = msgspec.structs.replace(TABLE, columns=more)
    with pytest.raises(ColumnNotFoundError, match="was altered meanwhile"):
        await rows.value(query.count())


async def test_no_other_failure_costs_a_look_at_the_catalog(made: tuple[Reader, Pool]) -> None:
    rows, pool = made
    query = await rows.query()
    pool.answer = UnreachableError("gone")
    with pytest.raises(UnreachableError):
        await rows.value(query.count())
    assert pool.catalog_reads == 1


async def test_closing_gives_back_the_connections(made: tuple[Reader, Pool]) -> None:
    rows, pool = made
    await rows.aclose()
    assert pool.closed
