"""The session of a supabase-py client, sync or async: its token, renewed by the client itself."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.worker import CALL_LIMIT_S, in_worker

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
        self._given: Secret | None = None
        self.url = url
        # An async client's connections belong to the loop it was made on, so it renews there.
        try:
            self._home: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._home = None

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
            session = await self._call("get_session", at_home=False)
            if session is not None and renew and Secret(session.access_token) == self._given:
                session = (await self._call("refresh_session", at_home=True)).session
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

    async def _call(self, name: str, *, at_home: bool) -> Any:  # noqa: ANN401
        method = getattr(self._auth, name)
        if not inspect.iscoroutinefunction(method):
            return await in_worker(method)
        if at_home and self._home is not None and self._home.is_running():
            waiting = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(method(), self._home))
            return await asyncio.wait_for(waiting, CALL_LIMIT_S)
        return await asyncio.wait_for(method(), CALL_LIMIT_S)


def _is_refusal(error: Exception) -> bool:
    """Whether the server refused the session: supabase-py's errors carry its HTTP status."""
    status = getattr(error, "status", None)
    return isinstance(status, int) and status in _CLIENT_ERRORS and status not in _PASSING
