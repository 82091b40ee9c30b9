"""Find the key, the names and the types of a table, and whether the request can work at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rtwidget.errors import (
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
)
from rtwidget.replica.keys import JsonText
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.filters import Condition
from rtwidget.sources.sqltypes import is_exact_key_type
from rtwidget.sources.supabase.catalog import read_catalog
from rtwidget.sources.supabase.column_rights import explained
from rtwidget.sources.supabase.errors import missing_column
from rtwidget.sources.supabase.query import Query, array_keys
from rtwidget.sources.supabase.quoting import sql_name
from rtwidget.sources.supabase.rest import Rows
from rtwidget.sources.wanted import Wanted

GUESSED_KEY = ("id",)
# A text that is none of the type's; a composite's, which is never read; an operator that a domain lacks.
_UNREAD = ("22", "0A000", "42883")


async def find_schema(
    wanted: Wanted,
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
    schema = Schema(
        tuple(Column(name, types.get(name)) for name in names or _named(wanted, key)),
        key,
        exact_keys=all(is_exact_key_type(types.get(name)) for name in key),
    )
    await _demand_found_again(first, Query.of(wanted, key, array_keys(schema)), read_rows)
    return schema


def _named(wanted: Wanted, key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that the request names, the key first: all that is known of a table without rows and description."""
    version = () if wanted.version is None else (wanted.version,)
    others = [term.column for term in wanted.order]
    others += [one.column for one in wanted.filters if isinstance(one, Condition)]
    return tuple(dict.fromkeys([*key, *(name for name, _ in wanted.types), *version, *others]))


def _demand_order(wanted: Wanted, names: tuple[str, ...]) -> None:
    """Refuse an order by a column that the answer does not have; without a limit no read would say so."""
    absent = [term.column for term in wanted.order if names and term.column not in names]
    if absent and wanted.limit is None:
        raise ColumnNotFoundError(
            f"order_by= names {absent[0]!r}, which is no column of the answer.",
            "Check the name, or add it to `columns=`.",
        )


async def _demand_found_again(
    first: Rows, query: Query, read_rows: Callable[[str], Awaitable[Rows]]
) -> None:
    """Refuse a key that is shown as JSON which its type does not read: one of arrays or composites that nothing says are such."""
    if not first.rows:
        return
    shown = dict(zip(first.columns, first.rows[0], strict=True))
    doubtful = [
        name for name in query.key if isinstance(shown[name], JsonText) and name not in query.arrays
    ]
    try:
        if doubtful:
            await read_rows(query.keys([tuple(shown[name] for name in query.key)]))
    except SourceError as error:
        if not (error.code or "").startswith(_UNREAD):
            raise
        raise KeyNotUniqueError(
            f"Rows cannot be paged by {doubtful[0]!r}: its values are shown as JSON that its type does not read.",
            f'Where it is an array, pass its type, as in `types={{"{doubtful[0]}": "int[]"}}`; else other columns by `primary_key=`.',
        ) from None


def _no_guess(wanted: Wanted) -> KeyNotUniqueError:
    return KeyNotUniqueError(
        f"{wanted.table} has no column id; pass primary_key=[...].",
        "Name the columns that are unique and not null.",
    )
