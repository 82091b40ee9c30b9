"""Touches one row over REST: a column is set to what it is, so that only the log sees it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rtwidget.abc import TableQuery
from rtwidget.doctor.checks.touchable_row import ONLY_DEFAULT, in_order, no_row, not_allowed
from rtwidget.errors import PermissionDeniedError, SourceError
from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.sources.supabase.credentials.bearer import bearer_of
from rtwidget.sources.supabase.credentials.credentials import Credentials
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import RestClient
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper


async def touch(
    credentials: Credentials,
    wanted: TableQuery,
    keeper: TokenKeeper,
    key: tuple[str, ...],
    values: Sequence[str],
) -> None:
    """Set a column of one row to what it is (any loop).

    Args:
        credentials: Where to go and with which key.
        wanted: Names the table.
        keeper: Gives the token.
        key: The key columns.
        values: The row's key, as texts.

    Raises:
        SourceError: When there is no such row, or it may not be changed.
    """
    rest = RestClient(credentials.endpoint, credentials.key, wanted)
    try:
        token = await keeper.current()
        query = Query.of(TableQuery(wanted.schema, wanted.table), key).keys([tuple(values)])
        answer = await rest.rows(query, token)
        if len(answer.rows) != 1:
            raise no_row(key)
        row = dict(zip(answer.columns, answer.rows[0], strict=True))
        where = query.partition("&")[2]
        for column in in_order(row, key):
            if isinstance(row[column], JsonText):
                continue
            body = msgspec.json.encode({column: _raw(row[column])})
            try:
                changed = await rest.change(where, body, token)
            except PermissionDeniedError:
                role = bearer_of(token.secret).role
                raise not_allowed(wanted.schema, wanted.table, role) from None
            except SourceError as error:
                if error.code != ONLY_DEFAULT:
                    raise
                continue
            if changed == 0:
                raise no_row(key)
            return
        raise no_row(key)
    finally:
        await rest.aclose()


def _raw(cell: Cell) -> msgspec.Raw:
    """Return a cell as the JSON that it came as."""
    return msgspec.Raw(cell.encode() if isinstance(cell, NumberText) else msgspec.json.encode(cell))
