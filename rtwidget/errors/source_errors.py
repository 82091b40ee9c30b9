"""Every error a user can meet: what happened, why it probably did, and what to do next.

    RtwidgetError
    +-- ArgumentError            a bad argument, refused before anything is started (also a ValueError)
    |   +-- FilterError          a filter that cannot be read
    |   +-- CredentialsError     no URL or key, or one of a shape that cannot work
    +-- NotReadyError            a wait ran out of time (also a TimeoutError)
    +-- ClosedError              the table was closed
    |   +-- ForkedError          the table belongs to the process that this one was forked from
    +-- SourceError              the database, its REST API or its Realtime server said no
        +-- UnreachableError     no answer at all
        +-- AuthenticationError  the key or token was refused
        |   +-- IdentityChangedError   the token now names somebody else
        +-- PermissionDeniedError
        +-- TableNotFoundError
        +-- ColumnNotFoundError
        +-- KeyNotUniqueError    the key columns do not identify a row
        +-- ReadTooLargeError    the database answers, but cannot give so much at once
        +-- TooManyRowsError     more rows than a kernel should hold
        +-- ConnectionLostError  the notification stream ended
        +-- NotificationsUnavailableError   reads work, but nothing will announce changes
            +-- NotPublishedError           the table is in no Realtime publication

    ServiceKeyWarning            a UserWarning: the key reads past row-level security
    ColumnTypeWarning            a UserWarning: a column comes in a type that holds its values

Errors are classified once, here, by their `kind` (design section 7).
"""

from __future__ import annotations

from enum import Enum


class ErrorKind(Enum):
    """What can end an error: time, a new token, or the user."""

    TRANSIENT = "transient"
    NEEDS_TOKEN = "needs new token"  # noqa: S105  (the name of a state, not a password)
    NEEDS_USER = "needs the user"


class RtwidgetError(Exception):
    """The root of all errors of this package.

    Args:
        message: One sentence that says what happened.
        hint: One sentence that says what to do, with the exact setting or SQL in backticks.
    """

    kind: ErrorKind = ErrorKind.NEEDS_USER

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def fault(error: BaseException) -> RtwidgetError:
    """Return what a user is told when it is rtwidget itself that failed."""
    return RtwidgetError(
        f"A fault in rtwidget stopped this table: {type(error).__name__}.",
        "Please report it with the log of `logging.getLogger('rtwidget')`; `t.refresh()` starts again.",
    )


class ArgumentError(RtwidgetError, ValueError):
    """An argument was refused before anything was started."""


class FilterError(ArgumentError):
    """A filter could not be read, or names an operator that this source does not have."""


class CredentialsError(ArgumentError):
    """No usable URL or key was given or found in the environment."""


class NotReadyError(RtwidgetError, TimeoutError):
    """A wait ran out of time before the table was ready."""

    kind = ErrorKind.TRANSIENT


class ClosedError(RtwidgetError):
    """The table was closed, so it can neither wait nor read any more."""


class ForkedError(ClosedError):
    """The table belongs to the process that this one was forked from, so nothing would ever change it here."""


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
        self.code = code
        if kind is not None:
            self.kind = kind


class UnreachableError(SourceError):
    """No answer came at all: no network, a wrong URL, or a server that is down."""


class DatabaseUnavailableError(UnreachableError):
    """The database is down, or takes no connection, whatever still answers in front of it."""


class AuthenticationError(SourceError):
    """The key or token was refused."""

    kind = ErrorKind.NEEDS_TOKEN


class IdentityChangedError(AuthenticationError):
    """The token now names somebody else, so these rows must go before theirs are read."""


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


class ServiceKeyWarning(UserWarning):
    """The key bypasses row-level security, and whoever reads the notebook's code or output could have it."""


class ColumnTypeWarning(UserWarning):
    """A column comes in another type than one expects, because that type cannot hold what the database has."""
