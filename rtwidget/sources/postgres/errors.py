"""What Postgres's refusals mean: SQLSTATEs, and the words of a refused connection, which has none."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

import psycopg

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
from rtwidget.sources.hints import TOO_LARGE_CODES, refusal_hints, says_too_large

_SHOWN_CHARACTERS = 300
AGAIN = "It is tried again after a pause."
FULL = "Close notebooks that you do not need, or raise `max_connections`."


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
        "Run `{grant}`, or name the columns that it may read by `columns=`.",
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
    code, message = error.sqlstate, shown(error.diag.message_primary or str(error))
    if says_too_large(message):
        code = TOO_LARGE_CODES[0]
    if code is None:
        return UnreachableError(f"The connection to the database was lost: {message}.", AGAIN)
    for refusal in _REFUSALS:
        if code in refusal.codes or code[:2] in refusal.codes:
            words = {"message": message, "relation": relation, "role": role, "grant": grant}
            words |= refusal_hints(given)
            return refusal.error(
                refusal.message.format(**words),
                refusal.hint.format(**words),
                code=code,
                kind=refusal.kind,
            )
    return SourceError(f"The database refused a read: {message}.", AGAIN, code=code)


def is_bad_value(error: SourceError) -> bool:
    """Whether a value of the statement was none of its type."""
    return (error.code or "").startswith("22")


def shown(text: str) -> str:
    """Return a server's words, as many as fit into a sentence (any thread)."""
    return text.strip()[:_SHOWN_CHARACTERS].rstrip(".")


def setup_error(error: psycopg.Error, relation: str) -> SourceError:
    """Return the typed error of `enable`, `disable` or `status` (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
    """
    code, message = error.sqlstate, shown(error.diag.message_primary or str(error))
    if code == "42501":
        return PermissionDeniedError(
            f"The role may not change {relation}: {message}.",
            "Run it as the table's owner, who needs `create` on the table's schema.",
            code=code,
        )
    if code == "55P03":
        return SourceError(
            f"{relation} is in use by a long transaction.",
            "Try again when it has ended.",
            code=code,
        )
    return SourceError(f"The database refused: {message}.", code=code, kind=ErrorKind.NEEDS_USER)
