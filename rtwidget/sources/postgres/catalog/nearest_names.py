"""Which names somebody may have meant who mistyped one: of tables that the role may read, by the catalog. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import msgspec

from rtwidget.errors import TableNotFoundError
from rtwidget.sources.postgres.catalog.catalog import Place

# Only what the role may see: a suggestion must not tell it of other tables.
RELATIONS = """
select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(known.schema, known.name)), '[]')::pg_catalog.text from (
  select n.nspname as schema, c.relname as name from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
    and pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_any_column_privilege(c.oid, 'select')
  order by n.nspname <> $1, pg_catalog.lower(c.relname) <> pg_catalog.lower($2), n.nspname, c.relname limit 2000) as known
"""
"""Takes schema and table; returns one JSON text, with those of this schema first."""

# How much alike two names are, of 1, where one may be meant for the other; as `difflib` counts it.
_LIKE = 0.7
_MOST = 3


def no_table(schema: str, table: str, answer: bytes | str | None) -> TableNotFoundError:
    """Return the error of a table that is not there, with those that may have been meant (any thread).

    Args:
        schema: The schema that was asked for.
        table: The table's name as it was given.
        answer: What `RELATIONS` answered.
    """
    places = msgspec.json.decode(answer or b"[]", type=list[Place])
    meant = _meant(schema, table, places)
    return TableNotFoundError(
        f"There is no table {table} in the schema {schema}.",
        f"Perhaps you meant {' or '.join(meant)}."
        if meant
        else "Check the name, `schema=` and the database in `source=`.",
    )


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return the few names that are most like one, whatever their case, the nearest first (any thread)."""
    known: dict[str, list[str]] = {}
    for one in names:
        known.setdefault(one.casefold(), []).append(one)
    close = difflib.get_close_matches(name.casefold(), list(known), _MOST, _LIKE)
    return [one for folded in close for one in known[folded]][:_MOST]


def _meant(schema: str, table: str, places: Sequence[Place]) -> list[str]:
    before, dot, name = table.partition(".")
    # `schema.table` in one text is taken at its word first.
    if dot and (before, name) in places:
        return [_call(before, name)]
    # The same name in another schema is meant sooner than another name in this one.
    elsewhere = [place for place in places if place[1] == table and place[0] != schema]
    if elsewhere:
        return [_call(*place) for place in elsewhere[:_MOST]]
    here = [one for place, one in places if place == schema]
    if here:
        return [_call(schema, one) for one in nearest(table, here)]
    schemas = nearest(schema, dict.fromkeys(place for place, _ in places))
    return [
        _call(place, one)
        for place in schemas
        for other, one in places
        if other == place and one in nearest(table, [one])
    ][:_MOST]


def _call(schema: str, table: str) -> str:
    """Return a table as `live_table` takes it."""
    return f"`{table!r}`" if schema == "public" else f"`{table!r}, schema={schema!r}`"
