"""Which columns of a key are JSON, where nothing but a row can tell: a text that is asked for as another value finds other rows, or none."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from rtwidget.abc import TableQuery
from rtwidget.errors import KeyNotUniqueError, SourceError
from rtwidget.replica.keys import Cell, JsonText
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Rows
from rtwidget.sources.values.sql_types import is_built_in

JSON: Final = "jsonb"
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A text that is none of the type's; a composite's, which is never read; an operator that a domain lacks.
_UNREAD = ("22", "0A000", "42883")


async def settle_key_types(
    first: Rows,
    wanted: TableQuery,
    key: tuple[str, ...],
    types: dict[str, str | None],
    read_rows: Callable[[str], Awaitable[Rows]],
) -> None:
    """Add the key columns that are JSON to the known types, as the first row tells when it is asked for again (loop thread only).

    Args:
        first: The first row by its key, if there is one.
        wanted: The request.
        key: The key columns.
        types: The types that are known.
        read_rows: Fetches the rows of a query string.

    Raises:
        KeyNotUniqueError: When a column is shown as JSON that its type does not read: one of arrays or composites that nothing says are such.
        SourceError: When the row cannot be asked for.
    """
    if not first.rows:
        return
    shown = dict(zip(first.columns, first.rows[0], strict=True))
    this = tuple(shown[name] for name in key)
    documents = [
        name
        for name in key
        if isinstance(shown[name], JsonText) and not (types.get(name) or "").startswith(("_", JSON))
    ]
    # By its order JSON has texts before all but null, so where there are any, the first row has one.
    texts = [name for name in key if not is_built_in(types.get(name)) and _may_be(shown[name])]

    async def found(as_json: Sequence[str]) -> bool:
        query = Query.of(wanted, key, {**types, **dict.fromkeys(as_json, JSON)})
        try:
            return bool((await read_rows(query.keys([this]))).rows)
        except SourceError as error:
            if not (error.code or "").startswith(_UNREAD):
                raise
            # Without its quotes a text may be no JSON.
            if documents and len(as_json) == len(documents) + len(texts):
                raise _unread(documents[0]) from None
            return False

    if (documents or texts) and not await found(documents) and texts:
        documents += texts if await found([*documents, *texts]) else []
    types.update((name, JSON) for name in documents if not is_built_in(types.get(name)))


def _may_be(cell: Cell) -> bool:
    """Return whether a cell may be a text in JSON; a uuid hardly is, and is not worth a read."""
    return type(cell) is str and _UUID.fullmatch(cell) is None


def _unread(name: str) -> KeyNotUniqueError:
    return KeyNotUniqueError(
        f"Rows cannot be paged by {name!r}: its values are shown as JSON that its type does not read.",
        f'Where it is an array, pass its type, as in `types={{"{name}": "int[]"}}`; else other columns by `primary_key=`.',
    )
