"""Find the key, the names and the types of a table, and whether the request can work at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rtwidget.abc import Condition, TableQuery
from rtwidget.errors import (
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
)
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.supabase.errors import missing_column
from rtwidget.sources.supabase.rest.catalog import read_catalog
from rtwidget.sources.supabase.rest.column_rights import explained
from rtwidget.sources.supabase.rest.key_types import settle_key_types
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.quoting import sql_name
from rtwidget.sources.supabase.rest.rest_reads import Rows
from rtwidget.sources.values.sql_types import is_exact_key_type

GUESSED_KEY = ("id",)


async def find_schema(
    wanted: TableQuery,
    read_description: Callable[[], Awaitable[bytes]],
    read_rows: Callable[[str], Awaitable[Rows]],
) -> Schema:
    """Return the schema of a request (loop thread only; reference section 7).

    Args:
        wanted: The request.
        read_description: Fetches the API's OpenAPI description; empty where it is closed.
        read_rows: Fetches the rows of a query string.

    Raises:
        KeyNotUniqueError: When no key was given and none can be found.
        SourceError: When the table, a named column or the credentials are refused.
    """
    # A trouble that passes is raised: a key guessed meanwhile would be wrong for ever.
    catalog = read_catalog(await read_description(), wanted.table)
    if wanted.key is None and catalog is not None and not catalog.key:
        raise KeyNotUniqueError(
            f"{wanted.table} has no primary key.",
            "Pass `primary_key=` with columns that are unique and not null.",
        )
    key = wanted.key or (catalog.key if catalog else ()) or GUESSED_KEY
    query = Query.of(wanted, key)
    guessed = wanted.key is None and catalog is None
    try:
        first = await read_rows(query.page(None, None, 1))
    except ColumnNotFoundError as error:
        if guessed and missing_column(error.message) in GUESSED_KEY:
            raise _no_guess(wanted) from None
        raise
    except PermissionDeniedError as error:
        if wanted.columns is not None:
            raise
        relation = f"{sql_name(wanted.schema)}.{sql_name(wanted.table)}"
        raise await explained(error, query, relation, catalog, read_rows) from None
    types: dict[str, str | None] = {**(catalog.types if catalog else {}), **dict(wanted.types)}
    names = first.columns or query.selected or tuple(catalog.types if catalog else ())
    if names and not set(key) <= set(names):
        raise SourceError(
            f"The server answered without the key ({', '.join(key)}) that it was asked for.",
            "Check that the URL is the project's, as in `https://<ref>.supabase.co`.",
        )
    _demand_order(wanted, names)
    unknown = [name for name, _ in wanted.types if names and name not in names]
    if unknown:
        raise ColumnNotFoundError(
            f"types= names {unknown[0]!r}, which is no column of the answer.", "Check the name."
        )
    await settle_key_types(first, wanted, key, types, read_rows)
    return Schema(
        tuple(Column(name, types.get(name)) for name in names or _named(wanted, key)),
        key,
        exact_keys=all(is_exact_key_type(types.get(name)) for name in key),
    )


def _named(wanted: TableQuery, key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that the request names, the key first: all that is known of a table without rows and description."""
    version = () if wanted.version is None else (wanted.version,)
    others = [term.column for term in wanted.order]
    others += [one.column for one in wanted.filters if isinstance(one, Condition)]
    return tuple(dict.fromkeys([*key, *(name for name, _ in wanted.types), *version, *others]))


def _demand_order(wanted: TableQuery, names: tuple[str, ...]) -> None:
    """Refuse an order by a column that the answer does not have; without a limit no read would say so."""
    absent = [term.column for term in wanted.order if names and term.column not in names]
    if absent and wanted.limit is None:
        raise ColumnNotFoundError(
            f"order_by= names {absent[0]!r}, which is no column of the answer.",
            "Check the name, or add it to `columns=`.",
        )


def _no_guess(wanted: TableQuery) -> KeyNotUniqueError:
    return KeyNotUniqueError(
        f"{wanted.table} has no column id; pass primary_key=[...].",
        "Name the columns that are unique and not null.",
    )
