"""The headers that say who asks."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.bearer import is_opaque_key


class Authorization(httpx.Auth):
    """Adds the secrets at the last moment, so that no variable of ours holds them.

    Args:
        key: The project's key.
        token: Whoever reads.
    """

    def __init__(self, key: Secret, token: Secret) -> None:
        self._key = key
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request."""
        # Gateways know the project's key by this header alone.
        request.headers["apikey"] = self._key.reveal()
        if not is_opaque_key(self._token):
            request.headers["authorization"] = f"Bearer {self._token.reveal()}"
        yield request
