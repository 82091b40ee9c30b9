"""The session of a supabase-py client, sync or async: its token, renewed by the client itself."""

from __future__ import annotations

import asyncio
import copy
import inspect
import time
from typing import Any

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.credentials.worker import CALL_LIMIT_S, in_worker

HOME_ANSWERS_S = 0.2
"""A loop that has not run a callback for so long is busy, in seconds."""
RENEWS_ITSELF_S = 60.0
"""A session that ends within so long may be renewed by `get_session` itself: the clients do so 10 s before the end."""

_CLIENT_ERRORS = range(400, 500)
_PASSING = frozenset({408, 425, 429})  # too slow, too early, too many


class ClientSession:
    """Asks a client's `auth` for its session (made on any thread, asked on the loop thread).

    Args:
        auth: The client's `auth`; its calls are awaited when they are async, else run in a thread.
        url: The client's project URL.
        key: The client's key.
    """

    def __init__(self, auth: Any, *, url: str, key: str) -> None:  # noqa: ANN401  (an optional package)
        self._auth = auth
        self._key = Secret(key)
        # Renewed only when this very token was refused: another table may have renewed it already.
        self._given: Secret | None = None
        self.url = url
        # An async client's connections and timers belong to the loop it was made on, so it renews there.
        try:
            self._home: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._home = None

    def for_one_table(self) -> ClientSession:
        """Return the same session for another table, to which no token was given yet."""
        other = copy.copy(self)
        other._given = None  # noqa: SLF001  (one of its own kind)
        return other

    @property
    def key(self) -> str:
        """The client's key."""
        return self._key.reveal()

    async def fetch(self, *, renew: bool) -> Secret | None:
        """Return the session's token, or None when nobody is signed in.

        Args:
            renew: True when the last token was refused or is about to end, so another is wanted.

        Raises:
            AuthenticationError: When the client failed; told by type alone, its text may hold a token.
        """
        kind = ErrorKind.TRANSIENT
        try:
            session = await self._call("get_session", renews=self._ends_soon())
            if session is not None and renew and Secret(session.access_token) == self._given:
                session = (await self._call("refresh_session", renews=True)).session
        except TimeoutError:
            failure = f"did not answer within {CALL_LIMIT_S:.0f} s"
        except Exception as error:  # noqa: BLE001  (the client may raise anything)
            failure = f"failed with {type(error).__name__}"
            kind = ErrorKind.NEEDS_TOKEN if _is_refusal(error) else kind
        else:
            self._given = None if session is None else Secret(session.access_token)
            return self._given
        raise AuthenticationError(
            f"The Supabase client {failure} when asked for its session.",
            "Sign in again with it.",
            kind=kind,
        )

    async def _call(self, name: str, *, renews: bool) -> Any:  # noqa: ANN401
        method = getattr(self._auth, name)
        if not inspect.iscoroutinefunction(method):
            return await in_worker(method)
        home = self._home
        # A notebook's loop stands still while a cell computes; a session that is only looked up need not wait for it.
        if home is not None and home.is_running() and (renews or await _answers(home)):
            waiting = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(method(), home))
            return await asyncio.wait_for(waiting, CALL_LIMIT_S)
        return await asyncio.wait_for(method(), CALL_LIMIT_S)

    def _ends_soon(self) -> bool:
        expires_at = None if self._given is None else token_of(self._given).expires_at
        return expires_at is not None and expires_at - time.time() < RENEWS_ITSELF_S


async def _answers(home: asyncio.AbstractEventLoop) -> bool:
    """Whether a loop in another thread runs what it is given."""
    ours, answered = asyncio.get_running_loop(), asyncio.Event()

    def answer() -> None:
        if not ours.is_closed():
            ours.call_soon_threadsafe(answered.set)

    home.call_soon_threadsafe(answer)
    try:
        async with asyncio.timeout(HOME_ANSWERS_S):
            return await answered.wait()
    except TimeoutError:
        return False


def _is_refusal(error: Exception) -> bool:
    """Whether the server refused the session: supabase-py's errors carry its HTTP status."""
    status = getattr(error, "status", None)
    return isinstance(status, int) and status in _CLIENT_ERRORS and status not in _PASSING
