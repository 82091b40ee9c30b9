"""What the REST API's refusals mean: statuses, PGRST codes and SQLSTATEs (reference sections 7, 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    AuthenticationError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.refused.grants import granting
from rtwidget.sources.refused.hints import (
    TOO_LARGE_CODES,
    dotted_name,
    refusal_hints,
    says_too_large,
)
from rtwidget.sources.refused.statements import other_refusal, statement_refusal
from rtwidget.sources.sql_names import readable, readable_relation
from rtwidget.sources.supabase.gateway.gateway_statuses import gateway_error, with_status
from rtwidget.sources.supabase.gateway.refusal_body import Said, said_in
from rtwidget.sources.supabase.gateway.request_lengths import too_long
from rtwidget.sources.supabase.rest.rest_refusals import REFUSALS

MOST_RETRY_AFTER_S = 3600
"""The longest pause in seconds that a server may ask for: one mistake of its must not end a table for good."""
_MOST_DIGITS = 18  # no table has more rows, and int() refuses 4,301 digits
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 401, 403, 404, 429
_SERVER_ERRORS = 500
_MISSING_COLUMN = re.compile(r'column (?:"?[^"]*"?\.)?"?([^"]+?)"? does not exist')


def rest_error(
    status: int, headers: Mapping[str, str], body: bytes, wanted: TableQuery, query: str = ""
) -> SourceError:
    """Return the typed error of a refused request (any thread).

    Args:
        status: The HTTP status.
        headers: The answer's headers, by names of any case.
        body: Its body; a gateway's may be anything.
        wanted: What the user asked for, which hints may speak of.
        query: The encoded query string of the request.
    """
    said = said_in(body)
    # From what is surest to what is vaguest: a length, the API's own code, a gateway's status, and any status.
    error = (
        too_long(status, said, wanted, query)
        or _by_code(said, wanted)
        or gateway_error(status, headers, body)
        or _by_status(status, said)
    )
    error.retry_after_s = retry_after_s(headers.get("retry-after"))
    return error


def retry_after_s(header: str | None) -> float | None:
    """Return the seconds of a `Retry-After` header; its date form is not used by any of ours."""
    asked = number_of(header)
    return None if asked is None else float(min(asked, MOST_RETRY_AFTER_S))


def number_of(text: str | None) -> int | None:
    """Return a header's whole number, or None for what is none that means anything (any thread)."""
    digits = "" if text is None else text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None


def missing_column(message: str) -> str | None:
    """Return the column that Postgres says does not exist, or None when it says something else."""
    match = _MISSING_COLUMN.search(message)
    return match[1].rpartition(".")[2] if match else None


def _by_code(said: Said, wanted: TableQuery) -> SourceError | None:
    code, message = said.code or "", said.message or "it did not say why"
    # Poolers and PostgREST wrap these words into codes of their own.
    if says_too_large(message):
        code = TOO_LARGE_CODES[0]
    relation = readable_relation(wanted.schema, wanted.table)
    common = statement_refusal(code, message, relation, wanted.table, wanted.constants)
    if common is not None:
        return common
    grant = granting(message, wanted.table, relation, "anon, authenticated", readable)
    for refusal in REFUSALS:
        if code in refusal.codes or code.startswith(refusal.prefixes):
            missing = refusal.error is TableNotFoundError
            # The server knows the nearest name.
            hints = (
                f"{said.hint}." if said.hint and refusal.names else "",
                dotted_name(wanted.schema, wanted.table) if missing else "",
                refusal.hint.format(grant=grant, **refusal_hints(wanted.given)),
            )
            return refusal.error(
                refusal.message.format(message=message, relation=relation),
                " ".join(filter(None, hints)),
                code=code,
                kind=refusal.kind,
            )
    return other_refusal(code, message, relation, said.hint)


def _by_status(status: int, said: Said) -> SourceError:
    code = said.code or str(status)
    words = f"HTTP {status}" if not said.message else said.message
    more = f"{said.hint}. " if said.hint else ""
    if status == _UNAUTHORIZED:
        return AuthenticationError(
            f"The key was refused: {words}.",
            f"{more}Check SUPABASE_KEY (or `key=`) against the project's API settings.",
            code=code,
        )
    if status == _FORBIDDEN:
        return PermissionDeniedError(
            f"The request was forbidden: {words}.",
            f"{more}Check that the key belongs to this project, and that the project lets this network in.",
            code=code,
        )
    if status == _NOT_FOUND:
        return UnreachableError(
            f"There is no Supabase REST API at this URL ({with_status(status, said)}).",
            f"{more}Check SUPABASE_URL (or `url=`), as in `https://<ref>.supabase.co`.",
            code=code,
        )
    if status == _TOO_MANY:
        return SourceError(
            f"The server asks to slow down: {words}.", f"{more}It is tried again.", code=code
        )
    what = "failed" if status >= _SERVER_ERRORS else "refused the request"
    return SourceError(
        f"The REST API {what} ({with_status(status, said)}).",
        f"{more}It is tried again after a pause.",
        code=code,
    )
