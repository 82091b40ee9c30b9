"""The URLs of every read: pure text, from what the user asked for (reference section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rtwidget.replica.keys import Key
from rtwidget.sources.cells import key_text
from rtwidget.sources.filters import Condition, Expression
from rtwidget.sources.order import Order
from rtwidget.sources.supabase.quoting import Pairs, column_name, encoded, quoted
from rtwidget.sources.wanted import Wanted

QUERY_BYTES = 6_000
"""The longest query string of a read of keys; gateways and proxies refuse URLs over 8 KiB."""
_KEYS_BYTES = 2_000  # at least so much of it is for keys, however long filter and columns are


@dataclass(frozen=True, slots=True)
class Query:
    """What to select of one table.

    Args:
        table: The table's name, unquoted.
        columns: The columns to return, or None for all.
        filters: What must hold.
        order: The user's order, for the top rows.
        key: The key columns.
    """

    table: str
    columns: tuple[str, ...] | None
    filters: tuple[Expression, ...]
    order: tuple[Order, ...]
    key: tuple[str, ...]

    @classmethod
    def of(cls, wanted: Wanted, key: tuple[str, ...]) -> Query:
        """Return the queries of a request under a key."""
        return cls(wanted.table, wanted.columns, wanted.filters, wanted.order, key)

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The columns to ask for: the user's, after the key columns that they left out."""
        if self.columns is None:
            return None
        return (*(name for name in self.key if name not in self.columns), *self.columns)

    def page(self, after: Key | None, until: Key | None, limit: int) -> str:
        """Return the query of `after < key <= until`, ordered by key, at most `limit` rows."""
        bounds = [*self._bound("gt", after), *self._bound("lte", until)]
        return self._text(*bounds, ("order", self._key_order("asc")), ("limit", str(limit)))

    def versions(self, version: str, after: Key | None, until: Key | None, limit: int) -> str:
        """Return the query of the same rows as `page`, but of key and version only."""
        names = ",".join(map(column_name, (*self.key, version)))
        bounds = [*self._bound("gt", after), *self._bound("lte", until)]
        order = [("order", self._key_order("asc")), ("limit", str(limit))]
        return encoded([("select", names), *self._where(), *bounds, *order])

    def newest(self, version: str) -> str:
        """Return the query of the key and version of the row with the greatest version."""
        names = ",".join(map(column_name, (*self.key, version)))
        order = f"{column_name(version)}.desc.nullslast,{self._key_order('desc')}"
        return encoded([("select", names), *self._where(), ("order", order), ("limit", "1")])

    def last_key(self) -> str:
        """Return the query of the greatest key."""
        return self._one_key("desc")

    def key_at(self, offset: int) -> str:
        """Return the query of the key that so many come before."""
        return self._one_key("asc", ("offset", str(offset)))

    def keys(self, keys: Sequence[Key]) -> str:
        """Return the query restricted to rows that have one of these keys."""
        if len(self.key) == 1:
            values = ",".join(quoted(key_text(key[0])) for key in keys)
            return self._text((column_name(self.key[0]), f"in.({values})"))
        return self._text(("or", f"({','.join(self._equal(key) for key in keys)})"))

    def key_batches(self, keys: Sequence[Key]) -> list[str]:
        """Return the queries that together are restricted to these keys, each of a bearable length."""
        whole = self.keys(keys)
        most = max(QUERY_BYTES, len(self.keys(keys[:1])) + _KEYS_BYTES)
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
        return self._text(("order", ",".join(terms)), *paging)

    def count(self) -> str:
        """Return the query to count, which needs no column's values."""
        return encoded([("select", column_name(self.key[0])), *self._where()])

    def _one_key(self, direction: str, *more: tuple[str, str]) -> str:
        names = ",".join(map(column_name, self.key))
        order = [("order", self._key_order(direction)), ("limit", "1")]
        return encoded([("select", names), *self._where(), *order, *more])

    def _text(self, *more: tuple[str, str]) -> str:
        selected = self.selected
        names = "*" if selected is None else ",".join(map(column_name, selected))
        return encoded([("select", names), *self._where(), *more])

    def _where(self) -> Pairs:
        return [_filter_pair(expression) for expression in self.filters]

    def _key_order(self, direction: str) -> str:
        return ",".join(f"{column_name(name)}.{direction}" for name in self.key)

    def _equal(self, key: Key) -> str:
        pairs = zip(self.key, key, strict=True)
        terms = (f"{column_name(name)}.eq.{quoted(key_text(part))}" for name, part in pairs)
        return f"and({','.join(terms)})"

    def _bound(self, operator: str, key: Key | None) -> Pairs:
        """Compare the whole key; the last column takes the operator, the others decide strictly."""
        if key is None:
            return []
        if len(self.key) == 1:
            return [(column_name(self.key[0]), f"{operator}.{key_text(key[0])}")]
        names = [column_name(name) for name in self.key]
        values = [quoted(key_text(part)) for part in key]
        term = f"{names[-1]}.{operator}.{values[-1]}"
        for name, value in reversed(list(zip(names[:-1], values[:-1], strict=True))):
            term = f"{name}.{operator.removesuffix('e')}.{value},and({name}.eq.{value},{_grouped(term)})"
        return [("or", f"({term})")]


def _grouped(term: str) -> str:
    """Keep alternatives together where a list would mean that all hold."""
    return f"or({term})" if ",and(" in term else term


def _order_text(term: Order) -> str:
    direction = "desc" if term.descending else "asc"
    nulls = f".{term.nulls}" if term.nulls else ""
    return f"{column_name(term.column)}.{direction}{nulls}"


def _filter_pair(expression: Expression) -> tuple[str, str]:
    if not isinstance(expression, Condition):
        name, _, value = expression.text.partition("=")
        return name, value
    negation = "not." if expression.negated else ""
    if expression.operator == "in":
        value = f"({','.join(map(quoted, expression.values))})"
    else:
        value = expression.values[0]
    return column_name(expression.column), f"{negation}{expression.operator}.{value}"
