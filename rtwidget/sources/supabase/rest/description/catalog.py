"""What the API's own OpenAPI description says of a table: types and the primary key."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from rtwidget.sources.values.sql_types import internal_type


class _Property(msgspec.Struct):
    format: str = ""
    description: str = ""


class _Definition(msgspec.Struct):
    properties: dict[str, _Property] = {}


class _Description(msgspec.Struct):
    definitions: dict[str, _Definition] = {}


@dataclass(frozen=True, slots=True)
class Catalog:
    """A table as its API describes it.

    Args:
        types: The internal type of each column, in the table's order.
        key: The primary key's columns; empty without one.
    """

    types: dict[str, str | None]
    key: tuple[str, ...]


def read_catalog(body: bytes, table: str) -> Catalog | None:
    """Return what a description says of a table, or None when it says nothing (any thread)."""
    try:
        definition = msgspec.json.decode(body, type=_Description).definitions.get(table)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None  # gateways put pages of their own here
    if definition is None:
        return None
    types = {
        name: internal_type(one.format) if one.format else None
        for name, one in definition.properties.items()
    }
    # PostgREST marks the key in a column's comment, and nowhere else.
    key = tuple(name for name, one in definition.properties.items() if "<pk/>" in one.description)
    return Catalog(types, key)
