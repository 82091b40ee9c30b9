"""What a database, its REST API or its Realtime server refused, by what the user can do about it."""

from __future__ import annotations

from rtwidget.errors.root import ErrorKind, RtwidgetError


class SourceError(RtwidgetError):
    """The database, its REST API or its Realtime server refused or failed.

    Args:
        message: One sentence that says what happened.
        hint: One sentence that says what to do.
        retry_after_s: The earliest moment for another try that the server named, in seconds.
        code: The server's own code (an HTTP status, SQLSTATE, PGRST code or close code), as text.
        kind: What can end it; the class's own kind when not given.
    """

    kind = ErrorKind.TRANSIENT

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        retry_after_s: float | None = None,
        code: str | None = None,
        kind: ErrorKind | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.retry_after_s = retry_after_s
        # Text, because SQLSTATEs and PGRST codes are no numbers.
        self.code = code
        # On the instance: the class says what its errors usually need, and one server's answer may know better.
        if kind is not None:
            self.kind = kind


class UnreachableError(SourceError):
    """No answer came at all: no network, a wrong URL, or a server that is down."""


# A class of its own, since something did answer: other answers of the same project prove nothing against it.
class DatabaseUnavailableError(UnreachableError):
    """The database is down, or takes no connection, whatever still answers in front of it."""


class AuthenticationError(SourceError):
    """The key or token was refused."""

    kind = ErrorKind.NEEDS_TOKEN


class IdentityChangedError(AuthenticationError):
    """The token now names somebody else, so these rows must go before theirs are read."""

    kind = ErrorKind.NEEDS_OTHER_IDENTITY


class PermissionDeniedError(SourceError):
    """The role may not read what was asked for."""

    kind = ErrorKind.NEEDS_USER


class TableNotFoundError(SourceError):
    """The table is not there, or the API does not expose it."""

    kind = ErrorKind.NEEDS_USER


class ColumnNotFoundError(SourceError):
    """A column that was named does not exist, or is hidden from the role."""

    kind = ErrorKind.NEEDS_USER


class KeyNotUniqueError(SourceError):
    """The key columns are missing, hold nulls, or name one row twice."""

    kind = ErrorKind.NEEDS_USER


# Transient like its parent, because the next try asks for fewer rows.
class ReadTooLargeError(SourceError):
    """The database answers, but cannot give so much at once, in bytes or in time; fewer rows may come."""


class TooManyRowsError(SourceError):
    """The table has more rows than a kernel should hold, or a server makes them up without an end."""

    kind = ErrorKind.NEEDS_USER


class ConnectionLostError(SourceError):
    """The notification stream ended; a new one is started after a pause."""


class NotificationsUnavailableError(SourceError):
    """Reads work, but nothing will announce changes until the user mends it; the table polls."""

    kind = ErrorKind.NEEDS_USER


class NotPublishedError(NotificationsUnavailableError):
    """The table is in no publication that Realtime reads."""
