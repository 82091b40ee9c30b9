"""What Postgres's refusals mean: SQLSTATEs, and the words of a refused connection, which has none."""

from __future__ import annotations

import re
from typing import NamedTuple

import psycopg

from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    ErrorKind,
    NotificationsUnavailableError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)

_SHOWN_CHARACTERS = 300
_AGAIN = "It is tried again after a pause."
_TLS = (
    "Use a server with TLS, or pass `insecure=True` where the network is your own; its certificate is checked "
    "against `sslrootcert=` in `source=`."
)
_FULL = "Close notebooks that you do not need, or raise `max_connections`."


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
        "Check the names in `columns=`, `filter=`, `order_by=` and `primary_key=`.",
    ),
    _Refusal(
        ("57014",),
        SourceError,
        "The database stopped a read of {relation} that took too long.",
        "Ask for fewer `columns=`, or add an index for the `filter=` and the key.",
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
        _FULL,
    ),
    _Refusal(("08", "57"), UnreachableError, "The server ended the connection: {message}.", _AGAIN),
    _Refusal(
        ("22", "42804", "42883"),
        SourceError,
        "The database could not use a value or an operator of the query: {message}.",
        "Check that the values in `filter=` fit the types of their columns.",
        ErrorKind.NEEDS_USER,
    ),
)

# What servers and libraries say of a login that fails; in another language it passes as a server that does not answer.
_LOGINS: tuple[tuple[str, type[SourceError], str, ErrorKind | None], ...] = (
    (
        r"authentication failed|no password supplied|role .* (does not exist|is not permitted)",
        AuthenticationError,
        "Check user and password in `source=`, or `PGUSER`, `PGPASSWORD` and `~/.pgpass`.",
        None,
    ),
    (
        r"no pg_hba.conf entry",
        AuthenticationError,
        "Allow this role and address in `pg_hba.conf`, or connect in another way.",
        None,
    ),
    (r"database .* does not exist", SourceError, "Check `source=`.", ErrorKind.NEEDS_USER),
    (
        r"does not support SSL|certificate",
        SourceError,
        _TLS,
        ErrorKind.NEEDS_USER,
    ),
    (
        r"permission denied|(invalid value for|unrecognized configuration) parameter",
        SourceError,
        "Check the database, and `options=` in `source=`.",
        ErrorKind.NEEDS_USER,
    ),
    (r"connection slots|too many (clients|connections)", SourceError, _FULL, None),
    (r"the database system is|recovery mode", UnreachableError, _AGAIN, None),
)


def login_error(error: Exception, host: str) -> SourceError:
    """Return the typed error of a connection that could not be made (any thread).

    Args:
        error: What psycopg raised; it holds the password, so it must not be chained or kept.
        host: Host and port, for people.
    """
    answer = str(error).partition("FATAL:")[2]
    message = _shown(" ".join((answer or str(error)).split()))
    for words, kind_of_error, hint, kind in _LOGINS:
        if re.search(words, message):
            return kind_of_error(f"{host} refused the connection: {message}.", hint, kind=kind)
    if answer:
        return SourceError(f"{host} refused the connection: {message}.", _AGAIN)
    return UnreachableError(
        f"No answer from {host}: {message}.",
        "Check host and port in `source=`, and that the server runs and can be reached from here.",
    )


def statement_error(error: psycopg.Error, relation: str, role: str, grant: str) -> SourceError:
    """Return the typed error of a statement that failed (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
        role: As whom it ran.
        grant: The SQL that lets this role read the table.
    """
    code, message = error.sqlstate, _shown(error.diag.message_primary or str(error))
    if code is None:
        return UnreachableError(f"The connection to the database was lost: {message}.", _AGAIN)
    for refusal in _REFUSALS:
        if code in refusal.codes or code[:2] in refusal.codes:
            words = {"message": message, "relation": relation, "role": role, "grant": grant}
            return refusal.error(
                refusal.message.format(**words),
                refusal.hint.format(**words),
                code=code,
                kind=refusal.kind,
            )
    return SourceError(f"The database refused a read: {message}.", _AGAIN, code=code)


def is_bad_value(error: SourceError) -> bool:
    """Whether a value of the statement was none of its type."""
    return (error.code or "").startswith("22")


def _shown(text: str) -> str:
    return text.strip()[:_SHOWN_CHARACTERS].rstrip(".")


def setup_error(error: psycopg.Error, relation: str) -> SourceError:
    """Return the typed error of `enable`, `disable` or `status` (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
    """
    code, message = error.sqlstate, _shown(error.diag.message_primary or str(error))
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
