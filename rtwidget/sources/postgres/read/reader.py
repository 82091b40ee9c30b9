"""Runs the statements of one query, and finds out when the table below it was altered."""

from __future__ import annotations

from psycopg import sql

from rtwidget.abc import Page, TableQuery
from rtwidget.errors import ColumnNotFoundError, ErrorKind, SourceError
from rtwidget.replica.schema import Schema
from rtwidget.sources.postgres.catalog.catalog import Table, names_of, read_table
from rtwidget.sources.postgres.catalog.catalog_sql import CATALOG
from rtwidget.sources.postgres.catalog.nearest_names import RELATIONS, no_table
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.table_pool import TablePool
from rtwidget.sources.postgres.read.describe import find_schema
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.postgres.read.terms import conditions_of
from rtwidget.sources.values.json_cells import decoded


class Reader:
    """Loop thread only.

    Args:
        address: Where to read, and as whom.
        wanted: What to read.
    """

    def __init__(self, address: Address, wanted: TableQuery) -> None:
        self._wanted = wanted
        self._pool = TablePool(address, wanted.schema, wanted.table, wanted.given, wanted.constants)
        self._query: Query | None = None

    async def describe(self) -> Schema:
        """Ask the catalog, and return the schema of the answers from now on.

        Raises:
            SourceError: When the table or a named column is not there, or the login is refused.
        """
        table = await self._table()
        if table is None:
            names = (self._wanted.schema, self._wanted.table)
            known = await self._pool.read(Statement(sql.SQL(RELATIONS), names, of_catalog=True))
            raise no_table(*names, known)
        return self._adopt(table)

    async def query(self) -> Query:
        """Return the statements of the table as it was described last."""
        if self._query is None:
            await self.describe()
        assert self._query is not None  # noqa: S101  (described, or an error was raised)
        return self._query

    async def value(self, statement: Statement) -> bytes | None:
        """Return the first value of an answer; None without a row.

        Raises:
            ColumnNotFoundError: When a statement failed because the table was altered after it was described.
            SourceError: When it is refused, or nothing answers.
        """
        try:
            return await self._pool.read(statement)
        except SourceError as error:
            # A key of the type that a column had is a value that cannot be used, too.
            of_value = (error.code or "").startswith("22")
            of_table = of_value or error.kind is ErrorKind.NEEDS_USER
            if not of_table or not await self._altered():
                raise
        raise ColumnNotFoundError(
            f"The table {self._wanted.table} was altered meanwhile.", "It is described again."
        )

    async def page(self, statement: Statement, total: int | None = None) -> Page:
        """Return the rows of an answer, with a total for it."""
        body = await self.value(statement) or b"[]"
        key = self._query.key if self._query is not None else ()
        columns, rows = await decoded(body, key)
        return Page(columns, rows, len(body), total, size_bytes=len(body))

    async def run(self, statement: Statement) -> None:
        """Run a statement whose answer says nothing."""
        await self._pool.read(statement)

    async def aclose(self) -> None:
        """Give back every connection."""
        await self._pool.aclose()

    def _adopt(self, table: Table) -> Schema:
        wanted = self._wanted
        schema = find_schema(wanted, table)
        self._pool.role = table.role
        self._query = Query(
            wanted.schema,
            wanted.table,
            table,
            wanted.columns,
            conditions_of(wanted.filters),
            wanted.order,
            schema.key,
        )
        return schema

    async def _table(self) -> Table | None:
        names = names_of(self._wanted.schema, self._wanted.table)
        statement = Statement(sql.SQL(CATALOG), names, of_catalog=True)
        return read_table(await self._pool.read(statement))

    async def _altered(self) -> bool:
        if self._query is None:
            return False
        table = await self._table()
        return table is not None and table.shape != self._query.table.shape
