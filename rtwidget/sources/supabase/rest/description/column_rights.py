"""Which columns a role may read of a table that it may not read as a whole: asked one by one, because no refusal tells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from rtwidget.errors import ColumnNotFoundError, PermissionDeniedError
from rtwidget.sources.supabase.rest.description.catalog import Catalog
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Rows

MOST_ASKED: Final = 40
"""Columns that are tried: one short request each, once, before somebody is told what to do."""


async def explained(
    refused: PermissionDeniedError,
    query: Query,
    relation: str,
    catalog: Catalog | None,
    read_rows: Callable[[str], Awaitable[Rows]],
) -> PermissionDeniedError:
    """Return the refusal of a read of all columns, which names those that may be read, if any (loop thread only).

    Args:
        refused: What the server said.
        query: What was read.
        relation: The table with its schema, for people.
        catalog: What the API tells of the table; without it only the key's columns are known.
        read_rows: Fetches the rows of a query string.

    Raises:
        SourceError: When nobody answers.
    """
    names = query.key if catalog is None else tuple(catalog.types)
    readable = await _readable(query, names[:MOST_ASKED], read_rows)
    complete = catalog is not None and len(names) <= MOST_ASKED
    return _some_columns(refused, relation, readable, complete=complete) if readable else refused


async def _readable(
    query: Query, names: Sequence[str], read_rows: Callable[[str], Awaitable[Rows]]
) -> list[str]:
    readable: list[str] = []
    # One after another: they are made once, and the budget counts them as one read.
    for name in names:
        try:
            await read_rows(query.nothing_of(name))
        except (PermissionDeniedError, ColumnNotFoundError):
            continue
        readable.append(name)
    return readable


def _some_columns(
    refused: PermissionDeniedError, relation: str, readable: Sequence[str], *, complete: bool
) -> PermissionDeniedError:
    listed = ", ".join(f'"{name}"' for name in readable)
    some = "these" if complete else "among them these"
    return PermissionDeniedError(
        f"The role may read only some columns of {relation}, {some}: {', '.join(readable)}.",
        f"Pass `columns=[{listed}]`{'' if complete else ' with the others that it may read'}, or run "
        f"`grant select on {relation} to anon, authenticated;`.",
        code=refused.code,
    )
