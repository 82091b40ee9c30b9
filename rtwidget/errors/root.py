"""The root of all errors, and what can end one.

Kinds are for the feed, which asks what ends an error; classes are for people, who catch them.
"""

from __future__ import annotations

from enum import Enum


class ErrorKind(Enum):
    """What can end an error: time, a new token, a table of its own for somebody else, or the user."""

    TRANSIENT = "transient"
    NEEDS_TOKEN = "needs new token"  # noqa: S105  (the name of a state, not a password)
    NEEDS_OTHER_IDENTITY = "needs to be read as somebody else"
    NEEDS_USER = "needs the user"


class RtwidgetError(Exception):
    """The root of all errors of this package.

    Args:
        message: One sentence that says what happened.
        hint: One sentence that says what to do, with the exact setting or SQL in backticks.
    """

    # The careful default: nothing is tried again for ever unless somebody said that time mends it.
    kind: ErrorKind = ErrorKind.NEEDS_USER

    def __init__(self, message: str, hint: str = "") -> None:
        # Both are arguments of the exception, so that it can be pickled and copied.
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # What a traceback shows in its last line: what happened, and what to do.
        return f"{self.message} {self.hint}".strip()


def fault(error: BaseException) -> RtwidgetError:
    """Return what a user is told when it is rtwidget itself that failed."""
    return RtwidgetError(
        f"A fault in rtwidget stopped this table: {type(error).__name__}.",
        "Please report it with the log of `logging.getLogger('rtwidget')`; `t.refresh()` starts again.",
    )
