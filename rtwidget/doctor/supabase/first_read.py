"""The first read of a Supabase table, as an examination makes it: by the product's own requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

from rtwidget.abc import TableQuery
from rtwidget.doctor.checks.rows_checks import FirstRows
from rtwidget.doctor.versions import version_in_description
from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.replica.budgets import PAGE_ROWS
from rtwidget.replica.schema import Schema
from rtwidget.sources.supabase.credentials.credentials import Credentials
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import RestClient
from rtwidget.sources.supabase.source import SupabaseSource
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

SAMPLE_ROWS = PAGE_ROWS + 1
"""One more than Supabase's own cap, so that it shows."""

_CHECKS: tuple[tuple[type[SourceError], str], ...] = (
    (AuthenticationError, "credentials"),
    (PermissionDeniedError, "grants"),
    (TableNotFoundError, "table"),
    (ColumnNotFoundError, "columns"),
    (KeyNotUniqueError, "key columns"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a first read of a table gave.

    Args:
        schema: Its columns and key.
        rows: Its first rows.
    """

    schema: Schema
    rows: FirstRows


async def read_first(credentials: Credentials, wanted: TableQuery, keeper: TokenKeeper) -> Reading:
    """Describe the table and read its first keys (any loop).

    Raises:
        SourceError: When anything of it is refused.
    """
    source = SupabaseSource(credentials, wanted, TokenPool(keeper))
    rest = RestClient(credentials.endpoint, credentials.key, wanted)
    try:
        schema = await source.describe()
        query = Query.of(replace(wanted, columns=schema.key), schema.key)
        token = await keeper.current()
        began = monotonic()
        answer = await rest.rows(query.page(None, None, SAMPLE_ROWS), token, "exact")
        took_s = monotonic() - began
        unfiltered = None
        if not answer.rows and wanted.filters:
            unfiltered = await rest.count(replace(query, filters=()).count(), token, "exact")
    finally:
        await source.aclose()
        await rest.aclose()
    keys = [tuple(row) for row in answer.rows]
    return Reading(schema, FirstRows(keys, SAMPLE_ROWS, answer.total, unfiltered, took_s))


async def read_version(
    credentials: Credentials, wanted: TableQuery, keeper: TokenKeeper
) -> str | None:
    """Return PostgREST's version as its description tells it, or None (any loop)."""
    rest = RestClient(credentials.endpoint, credentials.key, wanted)
    try:
        return version_in_description(await rest.catalog(await keeper.current()))
    except SourceError:
        return None  # what is wrong with reads is told by reads that matter
    finally:
        await rest.aclose()


def check_of(error: SourceError) -> str:
    """Return the check that an error of a read belongs to (any thread)."""
    return next((check for kind, check in _CHECKS if isinstance(error, kind)), "reads")
