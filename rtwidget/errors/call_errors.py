"""Errors and warnings of a call itself, which no server made."""

from __future__ import annotations

from rtwidget.errors.root import ErrorKind, RtwidgetError


class ArgumentError(RtwidgetError, ValueError):
    """An argument was refused before anything was started."""


class FilterError(ArgumentError):
    """A filter could not be read, or names an operator that this source does not have."""


class CredentialsError(ArgumentError):
    """No usable URL or key was given or found in the environment."""


class NotReadyError(RtwidgetError, TimeoutError):
    """A wait ran out of time before the table was ready."""

    # The table goes on loading, so another wait may well end.
    kind = ErrorKind.TRANSIENT


class ClosedError(RtwidgetError):
    """The table was closed, so it can neither wait nor read any more."""


class ForkedError(ClosedError):
    """The table belongs to the process that this one was forked from, so nothing would ever change it here."""


class ServiceKeyWarning(UserWarning):
    """The key bypasses row-level security, and whoever reads the notebook's code or output could have it."""


class ColumnTypeWarning(UserWarning):
    """A column comes in another type than one expects, because that type cannot hold what the database has."""
