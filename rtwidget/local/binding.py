"""One entry of `config.postgres_changes`: reading it, and how the server answers it. Pure."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rtwidget.local.elixir import inspect
from rtwidget.local.filter_text import Filter, parse_filters
from rtwidget.local.refusal import SubscriptionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENTS = ("INSERT", "UPDATE", "DELETE")
_ID_BITS = 27


@dataclass(frozen=True, slots=True)
class Binding:
    """What one entry asks for. `select` is None when all columns are wanted."""

    id: int
    event: str
    schema: str
    table: str
    filters: tuple[Filter, ...]
    select: tuple[str, ...] | None

    def describe(self) -> str:
        """Print it as the real server's messages do."""
        filters = [(f.column, f.operator, f.text, f.negated) for f in self.filters]
        select = None if self.select is None else list(self.select)
        return (
            f"[event: {self.event}, schema: {self.schema}, table: {self.table}, "
            f"filters: {inspect(filters)}, select: {inspect(select)}]"
        )


def binding_id(params: Mapping[str, Any]) -> int:
    """Return the number of an entry; equal entries have equal numbers, as on the real server."""
    text = json.dumps(params, sort_keys=True, separators=(",", ":"))
    return zlib.crc32(text.encode()) >> (32 - _ID_BITS)


def echo(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry as the join's reply repeats it: the id, then the keys in order."""
    return {"id": binding_id(params), **{key: params[key] for key in sorted(params)}}


def parse_binding(params: Mapping[str, Any]) -> Binding:
    """Read one entry.

    Raises:
        SubscriptionRefused: The entry is of no shape that the server knows.
    """
    schema, table = params.get("schema"), params.get("table")
    named = [isinstance(value, str) for value in (schema, table) if value is not None]
    filter_text = params.get("filter", "")
    if not named or not all(named) or not isinstance(filter_text, str):
        raise SubscriptionRefused(
            "No subscription params provided. Please provide at least a `schema` or `table` "
            f"to subscribe to: {inspect(params)}"
        )
    event = str(params.get("event", "*")).upper()
    select = _parse_select(params.get("select"))
    is_wildcard = schema == "*" or table in (None, "*")
    if select is not None and is_wildcard:
        raise SubscriptionRefused(
            "Column selection is not supported for wildcard subscriptions. "
            "Provide an explicit schema and table name."
        )
    return Binding(
        id=binding_id(params),
        event=event if event in _EVENTS else "*",
        schema=schema if isinstance(schema, str) else "public",
        table=table if isinstance(table, str) else "*",
        filters=parse_filters(filter_text),
        select=select,
    )


def _parse_select(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise SubscriptionRefused(
            "Error parsing `select` params: expected a list of column name strings, "
            'e.g. select: ["col1", "col2"]'
        )
    return tuple(item for item in value if isinstance(item, str)) or None
