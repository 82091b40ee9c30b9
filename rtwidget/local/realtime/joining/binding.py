"""One entry of `config.postgres_changes`: reading it, and how the server answers it. Pure."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rtwidget.local.realtime.joining.elixir_text import inspect
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused
from rtwidget.local.realtime.joining.realtime_filter import Filter, parse_filters

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENTS = ("INSERT", "UPDATE", "DELETE")
# Erlang's `phash2` has numbers of this size.
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
    # A selection of a wrong shape is refused before the rest is looked at.
    select = _parse_select(params.get("select"))
    if not _is_known_shape(params):
        # Some clients put a token beside the entry, and messages reach logs.
        shown = "<redacted>" if {"user_token", "auth_token"} & params.keys() else inspect(params)
        raise SubscriptionRefused(
            "No subscription params provided. Please provide at least a `schema` or `table` "
            f"to subscribe to: {shown}"
        )
    schema, table = params.get("schema", "public"), params.get("table", "*")
    event = str(params.get("event", "*")).upper()
    if select is not None and "*" in (schema, table):
        raise SubscriptionRefused(
            "Column selection is not supported for wildcard subscriptions. "
            "Provide an explicit schema and table name."
        )
    return Binding(
        id=binding_id(params),
        # An unknown event counts as all of them.
        event=event if event in _EVENTS else "*",
        schema=schema,
        table=table,
        filters=parse_filters(params.get("filter", "")),
        select=select,
    )


def _is_known_shape(params: Mapping[str, Any]) -> bool:
    """Tell whether what is named are texts; a filter takes both names, and null counts as named."""
    named = params.keys() & {"schema", "table", "filter"}
    is_enough = "table" in named or "schema" in named
    is_complete = "filter" not in named or named >= {"schema", "table"}
    return is_enough and is_complete and all(isinstance(params[name], str) for name in named)


def _parse_select(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        if not isinstance(value, str):
            return None
        raise SubscriptionRefused(
            "Error parsing `select` params: expected a list of column name strings, "
            'e.g. select: ["col1", "col2"]'
        )
    return tuple(item for item in value if isinstance(item, str)) or None
