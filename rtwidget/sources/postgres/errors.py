"""What Postgres's refusals mean: SQLSTATEs, and the words of a refused connection, which has none."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

import psycopg
from psycopg import sql

from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    DatabaseUnavailableError,
    ErrorKind,
    NotificationsUnavailableError,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.postgres.login.login_kinds import AGAIN, FULL, refused
from rtwidget.sources.postgres.login.login_refusals import refusal_of
from rtwidget.sources.refused.hints import TOO_LARGE_CODES, refusal_hints, says_too_large
from rtwidget.sources.refused.statements import other_refusal

_SHOWN_CHARACTERS = 300
# With these, poolers refuse what comes after the login too.
_OF_POOLERS = frozenset({"08P01", "58000", "XX000"})


class Said(NamedTuple):
    """What a server said.

    Args:
        code: The SQLSTATE; None where the connection ended without a word of the server.
        message: The words, without a full stop.
        hint: What it suggests, likewise.
    """

    code: str | None
    message: str
    hint: str = ""


class _Refusal(NamedTuple):
    codes: tuple[str, ...]
    """SQLSTATEs, or their first two characters for a whole class."""
    error: type[SourceError]
    message: str
    hint: str
    kind: ErrorKind | None = None


_REFUSALS = (
    _Refusal(
        ("42501",),
        PermissionDeniedError,
        "The role {role} may not read {relation}: {message}.",
        "Run `{grant}`.",
    ),
    _Refusal(
        ("42P01", "3F000"),
        TableNotFoundError,
        "There is no table {relation}.",
        "Check the name, `schema=` and the database in `source=`.",
    ),
    _Refusal(
        ("42703",),
        ColumnNotFoundError,
        "A column is missing in {relation}: {message}.",
        "{names}",
    ),
    _Refusal(
        ("57014", "25P04"),
        ReadTooLargeError,
        "The database stopped a read of {relation} that took too long.",
        "{time}",
    ),
    _Refusal(
        TOO_LARGE_CODES,
        ReadTooLargeError,
        "The database could not give so much of {relation} at once: {message}.",
        "{size}",
    ),
    _Refusal(
        ("25006",),
        NotificationsUnavailableError,
        "This server is a read-only standby, where nothing can be listened to.",
        "Give the primary in `source=`, for example with `target_session_attrs=read-write`.",
    ),
    _Refusal(("28",), AuthenticationError, "The login was refused: {message}.", "Check `source=`."),
    _Refusal(("3D000",), SourceError, "{message}.", "Check `source=`.", ErrorKind.NEEDS_USER),
    _Refusal(
        ("53",),
        SourceError,
        "The server is at a limit: {message}.",
        FULL,
    ),
    _Refusal(
        ("57P05", "25P03"),
        DatabaseUnavailableError,
        "The server ends sessions that are idle: {message}.",
        "Run `alter role {grantee} set idle_session_timeout = 0;`, or leave out what sets it in `source=`; until then it connects again each time.",
    ),
    _Refusal(
        ("08", "57"), DatabaseUnavailableError, "The server ended the connection: {message}.", AGAIN
    ),
    _Refusal(
        ("22", "42804", "42883"),
        SourceError,
        "The database could not use a value or an operator of the query: {message}.",
        "{values}",
        ErrorKind.NEEDS_USER,
    ),
)


def statement_error(
    error: psycopg.Error,
    relation: str,
    role: str,
    grant: str,
    given: AbstractSet[str] = frozenset(),
) -> SourceError:
    """Return the typed error of a statement that failed (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
        role: As whom it ran.
        grant: The SQL that lets this role read the table.
        given: The names of the arguments that the user gave, which hints may speak of.
    """
    message = shown(error.diag.message_primary or _one_line(str(error)))
    hint = shown(error.diag.message_hint or "")
    return refusal_error(Said(error.sqlstate, message, hint), relation, role, grant, given)


def refusal_error(
    said: Said,
    relation: str,
    role: str,
    grant: str,
    given: AbstractSet[str] = frozenset(),
) -> SourceError:
    """Return the typed error of what a server said; takes what `statement_error` takes (any thread).

    Args:
        said: What was said.
        relation: The table with its schema, for people.
        role: As whom it ran.
        grant: The SQL that lets this role read the table.
        given: The names of the arguments that the user gave.
    """
    code, message, suggested = said
    if says_too_large(message):
        code = TOO_LARGE_CODES[0]
    if code is None:
        return UnreachableError(f"The connection to the database was lost: {message}.", AGAIN)
    of_pooler = refusal_of(message) if code in _OF_POOLERS else None
    if of_pooler is not None:
        return refused(of_pooler, "The server", message, code)
    for refusal in _REFUSALS:
        if code in refusal.codes or code[:2] in refusal.codes:
            words = {"message": message, "relation": relation, "role": role, "grant": grant}
            words["grantee"] = sql.Identifier(role).as_string()
            words |= refusal_hints(given)
            return refusal.error(
                refusal.message.format(**words),
                refusal.hint.format(**words),
                code=code,
                kind=refusal.kind,
            )
    again = f"{suggested}. {AGAIN}" if suggested else AGAIN
    refused_read = SourceError(f"The database refused a read: {message}.", again, code=code)
    return other_refusal(code, message, relation, suggested) or refused_read


def is_bad_value(error: SourceError) -> bool:
    """Whether a value of the statement was none of its type."""
    return (error.code or "").startswith("22")


def shown(text: str) -> str:
    """Return a server's words, as many as fit into a sentence (any thread)."""
    return text.strip()[:_SHOWN_CHARACTERS].rstrip(".")


def _one_line(text: str) -> str:
    """Return libpq's words without the guesses that it adds in further lines."""
    return next(iter(text.strip().splitlines()), "")
