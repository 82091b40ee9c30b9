"""What can end a refusal of a login, and the error that says so. Pure."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError, UnreachableError

AGAIN = "It is tried again after a pause."
FULL = "Close notebooks that you do not need, or raise `max_connections`."


class Mends(Enum):
    """What ends a refusal."""

    LOGIN = "another user or password"
    USER = "another connection string, or a setting of the server"
    PROOF = "another certificate, or an authority that is known here"
    HERE = "another setting on this side"
    ROOM = "fewer connections"
    TIME = "time"


class Refusal(NamedTuple):
    """A refusal of a login.

    Args:
        words: A regular expression that finds it, whatever the case.
        mends: What ends it.
        hint: What to do.
    """

    words: str
    mends: Mends
    hint: str


def refused(refusal: Refusal, host: str, said: str, code: str | None = None) -> SourceError:
    """Return the error of a refusal (any thread).

    Args:
        refusal: What the words mean.
        host: Who said them, for people.
        said: The words, without a full stop.
        code: The SQLSTATE, where there was one.
    """
    message, hint = f"{host} refused the connection: {said}.", refusal.hint
    # The kind follows from what ends it, so that no table of words has to name both.
    match refusal.mends:
        case Mends.LOGIN:
            return AuthenticationError(message, hint, code=code)
        case Mends.TIME:
            return UnreachableError(message, hint, code=code)
        case Mends.ROOM:
            return SourceError(message, hint, code=code)
        case Mends.HERE:
            message = f"The connection to {host} cannot be made as it is asked for: {said}."
        case Mends.PROOF:
            message = f"{host} does not prove that it is the server meant: {said}."
    return SourceError(message, hint, code=code, kind=ErrorKind.NEEDS_USER)
