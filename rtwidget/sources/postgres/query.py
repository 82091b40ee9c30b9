"""The SQL of every read: pure text, from what the user asked for and what the catalog says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from rtwidget.replica.keys import Key
from rtwidget.sources.cells import key_text
from rtwidget.sources.filters import Condition
from rtwidget.sources.order import Order
from rtwidget.sources.postgres.catalog import Table
from rtwidget.sources.postgres.statement import Statement, Values, as_json, comma, row_of
from rtwidget.sources.postgres.terms import ROW, column, holds, ordered

COUNTED_ROWS = 100_000
"""The most rows that are counted, which takes about 10 ms; more are a matter for passes."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to select of one table; every statement answers with one JSON array of objects, as PostgREST writes it.

    Args:
        schema: The table's schema.
        name: The table's name.
        table: What the catalog says of it.
        columns: The columns to return, or None for all.
        where: What must hold.
        order: The user's order, for the top rows.
        key: The key columns.
    """

    schema: str
    name: str
    table: Table
    columns: tuple[str, ...] | None
    where: tuple[Condition, ...]
    order: tuple[Order, ...]
    key: tuple[str, ...]

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The columns to ask for: the user's, after the key columns that they left out."""
        if self.columns is None:
            return None
        return (*(name for name in self.key if name not in self.columns), *self.columns)

    def page(self, after: Key | None, until: Key | None, limit: int) -> Statement:
        """Return the statement of `after < key <= until`, ordered by key, at most `limit` rows."""
        return self._page(self.selected, after, until, limit)

    def versions(self, version: str, after: Key | None, until: Key | None, limit: int) -> Statement:
        """Return the statement of the same rows as `page`, but of key and version only."""
        return self._page((*self.key, version), after, until, limit)

    def newest(self, version: str) -> Statement:
        """Return the statement of the key and version of the row with the greatest version."""
        order = [Order(version, descending=True, nulls="nullslast"), *self._by_key(descending=True)]
        return self._rows(Values(), (*self.key, version), [], order, 1)

    def last_key(self) -> Statement:
        """Return the statement of the greatest key."""
        return self._rows(Values(), self.key, [], self._by_key(descending=True), 1)

    def keys(self, keys: Sequence[Key]) -> Statement:
        """Return the statement restricted to rows that have one of these keys."""
        values = Values()
        lists = [
            values.cast([key_text(key[place]) for key in keys], self.table.named[name])
            for place, name in enumerate(self.key)
        ]
        if len(lists) == 1:
            named = sql.SQL("{} = any ({})").format(column(self.key[0]), lists[0])
        else:
            # Side by side: the n-th of each list makes the n-th key.
            columns = comma(sql.SQL("pg_catalog.unnest({})").format(one) for one in lists)
            named = sql.SQL("{} in (select * from rows from ({}))").format(self._key_row, columns)
        return self._rows(values, self.selected, [named], [], None)

    def cast(self, key: Key) -> Statement:
        """Return the statement that only turns a key into values of its columns' types."""
        values = Values()
        parts = self._parts(key, values)
        return values.of(sql.SQL("select pg_catalog.num_nulls({})").format(comma(parts)))

    def top(self, limit: int) -> Statement:
        """Return the statement of the first rows in the user's order, the key deciding between equals."""
        named = {term.column for term in self.order}
        rest = [term for term in self._by_key() if term.column not in named]
        return self._rows(Values(), self.selected, [], [*self.order, *rest], limit)

    def count(self) -> Statement:
        """Return the statement that counts, up to one more than `COUNTED_ROWS`."""
        values = Values()
        return values.of(
            sql.SQL("select pg_catalog.count(*) from (select {} limit {}) as counted").format(
                self.source(values), sql.Literal(COUNTED_ROWS + 1)
            )
        )

    def plan(self) -> Statement:
        """Return the statement that asks the planner, which also says about how many rows there are."""
        values = Values()
        source = self.source(values)
        return values.of(sql.SQL("explain (format json) select {}").format(source))

    def _page(
        self, names: tuple[str, ...] | None, after: Key | None, until: Key | None, limit: int
    ) -> Statement:
        values = Values()
        bounds = [
            sql.SQL("{} {} {}").format(
                self._key_row, sql.SQL(symbol), row_of(self._parts(key, values))
            )
            for symbol, key in ((">", after), ("<=", until))
            if key is not None
        ]
        return self._rows(values, names, bounds, self._by_key(), limit)

    def _rows(
        self,
        values: Values,
        names: tuple[str, ...] | None,
        more: Sequence[sql.Composable],
        order: Sequence[Order],
        limit: int | None,
    ) -> Statement:
        chosen = sql.SQL("{}.*").format(ROW) if names is None else comma(map(column, names))
        parts = [sql.SQL("select"), chosen, self.source(values, more)]
        if order:
            parts += [sql.SQL("order by"), comma(map(ordered, order))]
        if limit is not None:
            parts += [sql.SQL("limit"), sql.Literal(limit)]
        return values.of(as_json(sql.SQL(" ").join(parts)))

    def source(self, values: Values, more: Sequence[sql.Composable] = ()) -> sql.Composable:
        """Return where the rows come from: the table under the filter, and what must hold besides."""
        terms = [*(holds(one, self.table, values) for one in self.where), *more]
        relation = sql.SQL("from {} as {}").format(sql.Identifier(self.schema, self.name), ROW)
        return relation + sql.SQL(" where ") + sql.SQL(" and ").join(terms) if terms else relation

    def _by_key(self, *, descending: bool = False) -> list[Order]:
        return [Order(name, descending) for name in self.key]

    @property
    def _key_row(self) -> sql.Composable:
        return row_of([column(name) for name in self.key])

    def _parts(self, key: Key, values: Values) -> list[sql.Composable]:
        pairs = zip(self.key, key, strict=True)
        return [values.cast(key_text(part), self.table.named[name]) for name, part in pairs]
