"""What SQLSTATEs mean for a read. Pure."""

from __future__ import annotations

from typing import NamedTuple

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
)
from rtwidget.sources.postgres.login.login_kinds import AGAIN, FULL
from rtwidget.sources.refused.hints import TOO_LARGE_CODES


class Refusal(NamedTuple):
    """What SQLSTATEs mean.

    Args:
        codes: The SQLSTATEs, or their first two characters for a whole class.
        error: What is raised.
        message: What happened; `message`, `relation` and `role` are filled in.
        hint: What to do; what the user gave, the SQL of a `grant` and the quoted `grantee` are filled in.
        kind: What can end it; the error's own kind without one.
    """

    codes: tuple[str, ...]
    error: type[SourceError]
    message: str
    hint: str
    kind: ErrorKind | None = None


# The first that fits counts, so single codes stand before their classes.
REFUSALS = (
    Refusal(
        ("42501",),
        PermissionDeniedError,
        "The role {role} may not read {relation}: {message}.",
        "Run `{grant}`.",
    ),
    Refusal(
        ("42P01", "3F000"),
        TableNotFoundError,
        "There is no table {relation}.",
        "Check the name, `schema=` and the database in `source=`.",
    ),
    Refusal(
        ("42703",),
        ColumnNotFoundError,
        "A column is missing in {relation}: {message}.",
        "{names}",
    ),
    Refusal(
        ("57014", "25P04"),
        ReadTooLargeError,
        "The database stopped a read of {relation} that took too long.",
        "{time}",
    ),
    Refusal(
        TOO_LARGE_CODES,
        ReadTooLargeError,
        "The database could not give so much of {relation} at once: {message}.",
        "{size}",
    ),
    Refusal(
        ("25006",),
        NotificationsUnavailableError,
        "This server is a read-only standby, where nothing can be listened to.",
        "Give the primary in `source=`, for example with `target_session_attrs=read-write`.",
    ),
    Refusal(("28",), AuthenticationError, "The login was refused: {message}.", "Check `source=`."),
    Refusal(("3D000",), SourceError, "{message}.", "Check `source=`.", ErrorKind.NEEDS_USER),
    Refusal(
        ("53",),
        SourceError,
        "The server is at a limit: {message}.",
        FULL,
    ),
    Refusal(
        ("57P05", "25P03"),
        DatabaseUnavailableError,
        "The server ends sessions that are idle: {message}.",
        "Run `alter role {grantee} set idle_session_timeout = 0;`, or leave out what sets it in `source=`; until then it connects again each time.",
    ),
    Refusal(
        ("08", "57"), DatabaseUnavailableError, "The server ended the connection: {message}.", AGAIN
    ),
    Refusal(
        ("22", "42804", "42883"),
        SourceError,
        "The database could not use a value or an operator of the query: {message}.",
        "{values}",
        ErrorKind.NEEDS_USER,
    ),
)
