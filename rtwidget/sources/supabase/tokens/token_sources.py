"""Where a table's access token comes from: a text that stays, or a function that is asked again."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.worker_thread import CALL_LIMIT_S, in_worker


class TokenSource(Protocol):
    """Asks for a token; None means that nobody is signed in."""

    async def __call__(self, *, renew: bool) -> Secret | None:
        """Return a token; with `renew` the last one was refused, so it must be another."""
        ...


@dataclass(frozen=True, slots=True)
class FixedToken:
    """The source of a token that never changes (any thread)."""

    secret: Secret

    async def __call__(self, *, renew: bool) -> Secret | None:  # noqa: ARG002  (there is no other to give)
        """Return the token."""
        return self.secret


def called(function: Callable[[], Any]) -> TokenSource:
    """Return the source that calls a user's function, outside of the loop thread unless it is async.

    Its errors are told by their type alone: their text, and their frames, may hold a token. They
    pass with time, unless it raises our `AuthenticationError` to say that no token is to be had.
    """

    async def fetch(*, renew: bool) -> Secret | None:  # noqa: ARG001  (it is asked again each time)
        kind = ErrorKind.NEEDS_TOKEN
        try:
            answer = await _answer(function)
        except AuthenticationError as error:
            failure = f"failed with {type(error).__name__}"
        except TimeoutError:
            # Its own, or our limit: a network that is slow now says nothing about the token.
            failure, kind = f"took over {CALL_LIMIT_S:.0f} s", ErrorKind.TRANSIENT
        except Exception as error:  # noqa: BLE001  (the user's code may raise anything)
            failure, kind = f"failed with {type(error).__name__}", ErrorKind.TRANSIENT
        else:
            if answer is None:
                return None
            if isinstance(answer, str) and answer.strip():
                return Secret(answer.strip())
            # Not shown: it may be a token in a dict.
            failure = "returned something that is no text"
        raise AuthenticationError(
            f"The access_token function {failure}.",
            "Call it in a cell to see what is wrong.",
            kind=kind,
        )

    return fetch


async def _answer(function: Callable[[], Any]) -> object:
    if inspect.iscoroutinefunction(function):
        return await asyncio.wait_for(function(), CALL_LIMIT_S)
    answer = await in_worker(function)
    if isinstance(answer, Awaitable):
        return await asyncio.wait_for(answer, CALL_LIMIT_S)
    return answer
