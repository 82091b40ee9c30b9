"""`Supabase`: a project and its reader, as `live_table(source=...)` takes them."""

from __future__ import annotations

from rtwidget.abc import SourceRequest, TableQuery
from rtwidget.sources.immutable import Immutable
from rtwidget.sources.secret import Secret, veiled
from rtwidget.sources.supabase.credentials.credentials import (
    AccessToken,
    Credentials,
    Key,
    find_credentials,
)


class Supabase(Immutable):
    """A Supabase project, read as one user: `live_table("tasks", source=Supabase(url=..., key=...))`.

    Made and checked once, on any thread, and used for as many tables as you like; nothing is contacted before a table
    is. Equal ones are equal, and share connections and rows. It shows its keys to nobody, and cannot be pickled.

    Args:
        url: The project's URL; else the client's, else `SUPABASE_URL`.
        key: The project's key; else the client's, else `SUPABASE_KEY`, `SUPABASE_PUBLISHABLE_KEY` or `SUPABASE_ANON_KEY`.
        access_token: A user's token, or a function (sync or async) that returns a fresh one; without it the key alone
            says who reads. A function is called on a thread of its own, an async one on rtwidget's loop.
        client: A supabase-py client, sync or async, whose URL, key and session are used.
        realtime_url: The whole websocket URL of a self-hosted Realtime server; None for the project's own.
        insecure: Whether the key may travel without TLS to another machine.

    Raises:
        ArgumentError: When an argument cannot work.
        CredentialsError: When the URL or the key is missing, or cannot work.
    """

    __slots__ = ("_client", "_credentials", "_insecure", "_token")
    _credentials: Credentials
    _token: object
    _client: object
    _insecure: bool

    def __init__(
        self,
        *,
        url: Key | None = None,
        key: Key | None = None,
        access_token: AccessToken | None = None,
        client: object | None = None,
        realtime_url: Key | None = None,
        insecure: bool = False,
    ) -> None:
        # From here on, no traceback that shows variables can show them; what they hold is checked later.
        url, key, realtime_url = veiled(url), veiled(key), veiled(realtime_url)
        access_token = access_token if callable(access_token) else veiled(access_token)
        self._demand_switch("insecure", insecure)
        credentials = find_credentials(
            url=url,
            key=key,
            access_token=access_token,
            client=client,
            realtime_url=realtime_url,
            insecure=insecure,
        )
        self._fix(
            _credentials=credentials,
            _token=access_token,
            _client=client if access_token is None else None,
            _insecure=insecure,
        )

    @property
    def key(self) -> Secret:
        """The project's key."""
        return self._credentials.key

    def request_for(self, query: TableQuery) -> SourceRequest:
        """Return the request for a table of this project (any thread)."""
        from rtwidget.sources.supabase.request import SupabaseRequest  # noqa: PLC0415

        return SupabaseRequest(query, self._credentials.for_one_table())

    def _shown(self) -> str:
        token = ", access_token=***" if self._credentials.fetch else ""
        insecure = ", insecure=True" if self._insecure else ""
        return f"Supabase(url={self._credentials.endpoint.url!r}, key=***{token}{insecure})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Supabase) or self._where != other._where:
            return False
        # Of a client it counts which it is, not what it says of itself.
        return self._token == other._token and self._client is other._client

    def __hash__(self) -> int:
        # Without the token: a function of the user's need not be hashable.
        return hash(self._where)

    @property
    def _where(self) -> tuple[object, ...]:
        return (self._credentials.endpoint, self._credentials.key)
