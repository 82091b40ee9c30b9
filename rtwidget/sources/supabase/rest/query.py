"""The URLs of every read: pure text, from what the user asked for (reference section 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rtwidget.abc import Expression, Order, TableQuery
from rtwidget.replica.keys import Key
from rtwidget.sources.supabase.rest.logic import (
    Term,
    alternatives,
    compared,
    one_of,
    parameters,
    term_of,
)
from rtwidget.sources.supabase.rest.quoting import Pairs, column_name, encoded, quoted
from rtwidget.sources.values.array_text import array_from_json
from rtwidget.sources.values.json_cells import key_text

QUERY_BYTES = 6_000
"""The longest query string of a read of keys; gateways and proxies refuse URLs over 8 KiB."""
_KEYS_BYTES = 2_000  # so much of it may be for keys where filter and columns are long
_MOST_BYTES = 7_800  # but not more than gateways take with the rest of the line, unless they took more already


@dataclass(frozen=True, slots=True)
class Query:
    """What to select of one table.

    Args:
        table: The table's name, unquoted.
        columns: The columns to return, or None for all.
        filters: What must hold.
        order: The user's order, for the top rows.
        key: The key columns.
        arrays: Those of them that are SQL arrays, which are read as other texts than JSON shows them as.
        documents: Those of them that are JSON themselves.
    """

    table: str
    columns: tuple[str, ...] | None
    filters: tuple[Expression, ...]
    order: tuple[Order, ...]
    key: tuple[str, ...]
    arrays: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, wanted: TableQuery, key: tuple[str, ...], types: Mapping[str, str | None] | None = None
    ) -> Query:
        """Return the queries of a request under a key, of whose columns some types may be known."""
        known = {name: (types or {}).get(name) or "" for name in key}
        arrays = frozenset(name for name, type_name in known.items() if type_name.startswith("_"))
        documents = frozenset(name for name, type_name in known.items() if type_name == "jsonb")
        given = (wanted.table, wanted.columns, wanted.filters, wanted.order, key)
        return cls(*given, arrays, documents)

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The columns to ask for: the user's, after the key columns that they left out."""
        if self.columns is None:
            return None
        return (*(name for name in self.key if name not in self.columns), *self.columns)

    def page(self, after: Key | None, until: Key | None, limit: int) -> str:
        """Return the query of `after < key <= until`, ordered by key, at most `limit` rows."""
        order = [("order", self._key_order("asc")), ("limit", str(limit))]
        return self._text(self.selected, self._within(after, until), order)

    def versions(self, version: str, after: Key | None, until: Key | None, limit: int) -> str:
        """Return the query of the same rows as `page`, but of key and version only."""
        order = [("order", self._key_order("asc")), ("limit", str(limit))]
        return self._text((*self.key, version), self._within(after, until), order)

    def newest(self, version: str) -> str:
        """Return the query of the key and version of the row with the greatest version."""
        order = f"{column_name(version)}.desc.nullslast,{self._key_order('desc')}"
        return self._text((*self.key, version), [], [("order", order), ("limit", "1")])

    def last_key(self) -> str:
        """Return the query of the greatest key."""
        return self._text(self.key, [], self._first("desc"))

    def next_key(self, after: Key | None, until: Key | None) -> str:
        """Return the query of the first key with `after < key <= until`."""
        return self._text(self.key, self._within(after, until), self._first("asc"))

    def key_at(self, offset: int) -> str:
        """Return the query of the key that so many come before."""
        return self._text(self.key, [], [*self._first("asc"), ("offset", str(offset))])

    def greatest_until(self, key: Key) -> str:
        """Return the query of the key that comes last of those that are not greater than this one."""
        return self._text(self.key, [self._bound("lte", key)], self._first("desc"))

    def least_after(self, key: Key) -> str:
        """Return the query of the key that comes first of those that are greater than this one."""
        return self.next_key(key, None)

    def in_order(self, keys: Sequence[Key]) -> str:
        """Return the query of those of these keys that there are, in their order."""
        return self._text(self.key, [self._named(keys)], [("order", self._key_order("asc"))])

    def keys(self, keys: Sequence[Key]) -> str:
        """Return the query restricted to rows that have one of these keys."""
        return self._text(self.selected, [self._named(keys)], [])

    def key_batches(self, keys: Sequence[Key]) -> list[str]:
        """Return the queries that together are restricted to these keys, each of a bearable length."""
        whole = self.keys(keys)
        one = len(self.keys(keys[:1]))
        room = one + _KEYS_BYTES
        most = max(QUERY_BYTES, room if one > _MOST_BYTES else min(room, _MOST_BYTES))
        if len(whole) <= most or len(keys) == 1:
            return [whole]
        half = len(keys) // 2
        return [*self.key_batches(keys[:half]), *self.key_batches(keys[half:])]

    def top(self, limit: int, offset: int) -> str:
        """Return the query of rows in the user's order, the key deciding between equals."""
        named = {term.column for term in self.order}
        terms = [_order_text(term) for term in self.order]
        terms += [f"{column_name(name)}.asc" for name in self.key if name not in named]
        paging = [("limit", str(limit)), *([("offset", str(offset))] if offset else [])]
        return self._text(self.selected, [], [("order", ",".join(terms)), *paging])

    def nothing_of(self, column: str) -> str:
        """Return the query of no row, which needs the right to read this column and no other."""
        return encoded([("select", column_name(column)), ("limit", "0")])

    def count(self) -> str:
        """Return the query to count, which needs no column's values."""
        return self._text(self.key[:1], [], [])

    def _first(self, direction: str) -> Pairs:
        return [("order", self._key_order(direction)), ("limit", "1")]

    def _text(self, columns: tuple[str, ...] | None, more: Sequence[Term], rest: Pairs) -> str:
        """Return the query of these columns of the rows for which the filter and more holds."""
        names = "*" if columns is None else ",".join(map(column_name, columns))
        where = parameters([*map(term_of, self.filters), *more])
        return encoded([("select", names), *where, *rest])

    def _key_order(self, direction: str) -> str:
        return ",".join(f"{column_name(name)}.{direction}" for name in self.key)

    def _named(self, keys: Sequence[Key]) -> Term:
        # A list of arrays would be one array of more dimensions.
        if len(self.key) == 1 and not self.arrays:
            return one_of(self.key[0], [self._texts(key)[0] for key in keys])
        return alternatives(",".join(map(self._equal, keys)))

    def _equal(self, key: Key) -> str:
        pairs = zip(self.key, self._texts(key), strict=True)
        terms = (f"{column_name(name)}.eq.{quoted(text)}" for name, text in pairs)
        return f"and({','.join(terms)})"

    def _texts(self, key: Key) -> list[str]:
        """Return the parts of a key as their types read them."""
        return [
            array_from_json(key_text(part))
            if name in self.arrays
            else key_text(part, as_json=name in self.documents)
            for name, part in zip(self.key, key, strict=True)
        ]

    def _within(self, after: Key | None, until: Key | None) -> list[Term]:
        bounds = (("gt", after), ("lte", until))
        return [self._bound(operator, key) for operator, key in bounds if key is not None]

    def _bound(self, operator: str, key: Key) -> Term:
        """Compare the whole key; the last column takes the operator, the others decide strictly."""
        if len(self.key) == 1:
            return compared(self.key[0], operator, self._texts(key)[0])
        names = [column_name(name) for name in self.key]
        values = list(map(quoted, self._texts(key)))
        term = f"{names[-1]}.{operator}.{values[-1]}"
        for name, value in reversed(list(zip(names[:-1], values[:-1], strict=True))):
            term = f"{name}.{operator.removesuffix('e')}.{value},and({name}.eq.{value},{_grouped(term)})"
        return alternatives(term)


def _grouped(term: str) -> str:
    """Keep alternatives together where a list would mean that all hold."""
    return f"or({term})" if ",and(" in term else term


def _order_text(term: Order) -> str:
    direction = "desc" if term.descending else "asc"
    nulls = f".{term.nulls}" if term.nulls else ""
    return f"{column_name(term.column)}.{direction}{nulls}"
