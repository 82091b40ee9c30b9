"""The SQL of every read: pure text, from what the user asked for and what the catalog says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from rtwidget.abc import Condition, Order
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.read.key_terms import bounded, equal, named
from rtwidget.sources.postgres.read.statement import Statement, Values, as_json, comma
from rtwidget.sources.postgres.read.terms import ROW, column, holds, ordered

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

    @property
    def has_histogram(self) -> bool:
        """Whether what ANALYZE knows of the key says how the rows are spread."""
        # The text of an array of arrays does not tell one from the next.
        single = len(self.key) == 1 and not self.where
        # Nor does that of JSON tell a text from the number that it writes.
        doubtful = (
            one.type == "jsonb" or (one.comparison and one.comparison.of_arrays)
            for one in self._keys
        )
        return single and not any(doubtful)

    def page(self, after: Key | None, until: Key | None, limit: int) -> Statement:
        """Return the statement of `after < key <= until`, ordered by key, at most `limit` rows."""
        return self._page(self.selected, after, until, limit)

    def versions(self, version: str, after: Key | None, until: Key | None, limit: int) -> Statement:
        """Return the statement of the same rows as `page`, but of key and version only."""
        return self._page((*self.key, version), after, until, limit)

    def next_key(self, after: Key | None, until: Key | None) -> Statement:
        """Return the statement of the first key with `after < key <= until`."""
        return self._page(self.key, after, until, 1)

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
        return self._rows(values, self.selected, [named(self._keys, keys, values)], [], None)

    def cast(self, key: Key) -> Statement:
        """Return the statement that only turns a key into values of its columns' types."""
        values = Values()
        return self._rows(values, self.key, [equal(self._keys, key, values)], [], 0)

    def top(self, limit: int, offset: int = 0) -> Statement:
        """Return the statement of rows in the user's order, the key deciding between equals."""
        first = {term.column for term in self.order}
        rest = [term for term in self._by_key() if term.column not in first]
        return self._rows(Values(), self.selected, [], [*self.order, *rest], limit, offset=offset)

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
        bounds = []
        if after is not None:
            bounds.append(bounded(self._keys, "gt", after, values))
        if until is not None:
            bounds.append(bounded(self._keys, "lte", until, values))
        return self._rows(values, names, bounds, self._by_key(), limit)

    def _rows(
        self,
        values: Values,
        names: tuple[str, ...] | None,
        more: Sequence[sql.Composable],
        order: Sequence[Order],
        limit: int | None,
        *,
        offset: int = 0,
    ) -> Statement:
        chosen = sql.SQL("{}.*").format(ROW) if names is None else comma(map(column, names))
        parts = [sql.SQL("select"), chosen, self.source(values, more)]
        if order:
            parts += [sql.SQL("order by"), comma(map(ordered, order))]
        if limit is not None:
            parts += [sql.SQL("limit"), sql.Literal(limit)]
        if offset:
            parts += [sql.SQL("offset"), sql.Literal(offset)]
        return values.of(as_json(sql.SQL(" ").join(parts)))

    def source(self, values: Values, more: Sequence[sql.Composable] = ()) -> sql.Composable:
        """Return where the rows come from: the table under the filter, and what must hold besides."""
        terms = [*(holds(one, self.table, values) for one in self.where), *more]
        relation = sql.SQL("from {} as {}").format(sql.Identifier(self.schema, self.name), ROW)
        return relation + sql.SQL(" where ") + sql.SQL(" and ").join(terms) if terms else relation

    def _by_key(self, *, descending: bool = False) -> list[Order]:
        return [Order(name, descending) for name in self.key]

    @property
    def _keys(self) -> list[TableColumn]:
        return [self.table.named[name] for name in self.key]
