"""What the REST API's refusals mean: statuses, PGRST codes and SQLSTATEs (reference sections 7, 9)."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import msgspec

from rtwidget.errors import (
    AuthenticationError,
    PermissionDeniedError,
    SourceError,
    UnreachableError,
)
from rtwidget.sources.hints import TOO_LARGE_CODES, refusal_hints, says_too_large
from rtwidget.sources.supabase.refusal_codes import REFUSALS


class _Body(msgspec.Struct):
    code: str | None = None
    message: str | None = None
    hint: str | None = None
    error: str | None = None


MOST_RETRY_AFTER_S = 3600
"""The longest pause in seconds that a server may ask for: one mistake of its must not end a table for good."""
_MOST_DIGITS = 18  # no table has more rows, and int() refuses 4,301 digits
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 401, 403, 404, 429
_SERVER_ERRORS = 500
_SHOWN_CHARACTERS = 300
_MISSING_COLUMN = re.compile(r'column (?:"?[^"]*"?\.)?"?([^"]+?)"? does not exist')


def rest_error(
    status: int,
    body: bytes,
    retry_after: str | None,
    relation: str,
    given: AbstractSet[str] = frozenset(),
) -> SourceError:
    """Return the typed error of a refused request (any thread).

    Args:
        status: The HTTP status.
        body: The answer's body; a gateway's may be anything.
        retry_after: The header of that name.
        relation: The table with its schema, for people.
        given: The names of the arguments that the user gave, which hints may speak of.
    """
    said = _said(body)
    code = said.code or str(status)
    message = (said.message or said.error or f"The REST API answered HTTP {status}.").strip()
    message = message[:_SHOWN_CHARACTERS].rstrip(".")
    if says_too_large(message):
        code = TOO_LARGE_CODES[0]
    known = _by_code(code, message, relation, given) or _by_status(status, code, message)
    known.retry_after_s = retry_after_s(retry_after)
    return known


def unreachable(host: str, reason: str) -> UnreachableError:
    """Return the error of a request without an answer; the reason holds no URL (any thread)."""
    return UnreachableError(
        f"No answer from {host} ({reason}).",
        "Check the network, and that the URL is the project's, as in `https://<ref>.supabase.co`.",
    )


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


def _said(body: bytes) -> _Body:
    try:
        return msgspec.json.decode(body, type=_Body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return _Body()  # a gateway's HTML page says nothing that the status does not


def _by_code(code: str, message: str, relation: str, given: AbstractSet[str]) -> SourceError | None:
    for refusal in REFUSALS:
        if code in refusal.codes or code.startswith(refusal.prefixes):
            return refusal.error(
                refusal.message.format(message=message, relation=relation),
                refusal.hint.format(relation=relation, **refusal_hints(given)),
                code=code,
                kind=refusal.kind,
            )
    return None


def _by_status(status: int, code: str, message: str) -> SourceError:
    if status == _UNAUTHORIZED:
        return AuthenticationError(
            f"The key was refused: {message}.",
            "Check SUPABASE_KEY (or `key=`) against the project's API settings.",
            code=code,
        )
    if status == _FORBIDDEN:
        return PermissionDeniedError(
            f"The request was forbidden: {message}.",
            "Check that the key belongs to this project and that the project is not paused.",
            code=code,
        )
    if status == _NOT_FOUND:
        return UnreachableError(
            "There is no Supabase REST API at this URL.",
            "Check SUPABASE_URL (or `url=`), as in `https://<ref>.supabase.co`.",
            code=code,
        )
    if status == _TOO_MANY:
        return SourceError(
            f"The server asks to slow down: {message}.", "It is tried again.", code=code
        )
    if status >= _SERVER_ERRORS:
        # A gateway's own status says that what is behind it does not answer; 500 is an answer of the API itself.
        error = SourceError if status == _SERVER_ERRORS else UnreachableError
        return error(
            f"The server failed: {message}.", "It is tried again after a pause.", code=code
        )
    return SourceError(
        f"The REST API refused the request: {message}.", "It is tried again.", code=code
    )
