"""The access token as it is needed: fetched in time, kept until shortly before its end, one person's."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rtwidget.errors import AuthenticationError, ErrorKind, IdentityChangedError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.identity import Token, token_of
from rtwidget.sources.supabase.worker import CALL_LIMIT_S, in_worker

RENEW_BEFORE_S = 60.0
"""How long before its end a token is replaced, in seconds (design section 7)."""


RENEW_AGAIN_S = 10.0
"""Between two tries while the token seems to end, also where this machine's clock is wrong."""


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


class TokenKeeper:
    """Keeps one person's token fresh (loop thread only).

    Args:
        key: The project's key, which is the token while nobody is signed in.
        fetch: Asks for the token; None to read with the key alone.
        clock: The wall clock, in Unix seconds.
    """

    def __init__(
        self, key: Secret, fetch: TokenSource | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = token_of(key)
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._pinned: str | None = None
        self._asked_at = 0.0
        self._lock = asyncio.Lock()

    @property
    def renews(self) -> bool:
        """Whether asking again can bring another token."""
        return not (self._fetch is None or isinstance(self._fetch, FixedToken))

    def pin(self, token: Token) -> None:
        """Accept tokens of this one's identity only, from now on."""
        self._token, self._pinned = token, token.identity

    def renew_in_s(self) -> float | None:
        """Return the seconds until the token should be replaced; None when it has no end."""
        if self._token is None or self._token.expires_at is None or not self.renews:
            return None
        return max(0.0, self._token.expires_at - RENEW_BEFORE_S - self._clock())

    async def current(self, *, ask: bool = False) -> Token:
        """Return the token, a fresh one when it ends within a minute.

        Args:
            ask: True to ask in any case, as before each join (design section 7).

        Raises:
            AuthenticationError: When none can be had.
            IdentityChangedError: When the new one names somebody else.
        """
        async with self._lock:
            waited_s = abs(self._clock() - self._asked_at)
            ends = self.renew_in_s() == 0.0 and waited_s >= RENEW_AGAIN_S
            if self._token is not None and not ends and not ask:
                return self._token
            try:
                return await self._renewed(renew=ends)
            except IdentityChangedError:
                raise
            except SourceError:
                # A token that could not be renewed is still good for its last minute.
                if self._token is None or (self._token.expires_at or 0.0) <= self._clock():
                    raise
                return self._token

    async def renewed(self, refused: Token) -> Token:
        """Return another token than the one that was refused.

        Raises:
            AuthenticationError: When none can be had.
            IdentityChangedError: When the new one names somebody else.
        """
        async with self._lock:
            if self._token is not None and self._token.secret != refused.secret:
                return self._token
            return await self._renewed(renew=True)

    async def _renewed(self, *, renew: bool) -> Token:
        self._asked_at = self._clock()
        secret = None if self._fetch is None else await self._fetch(renew=renew)
        token = self._key if secret is None else token_of(secret)
        if self._pinned is not None and token.identity != self._pinned:
            raise IdentityChangedError(
                "The token now names somebody else.",
                "Their rows are shown in a table of their own.",
            )
        self._token = token
        return token
