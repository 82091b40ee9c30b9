"""The local backend as its user sees it."""

from __future__ import annotations

import atexit
import secrets
import threading
from typing import TYPE_CHECKING, Any, Self

from rtwidget.local.faults.faults import Faults
from rtwidget.local.http_server import HOST, HttpServer, Plan
from rtwidget.local.postgres.postgres_process import PostgresProcess
from rtwidget.local.postgres.supabase_setup import set_up
from rtwidget.local.postgres.superuser_connection import SuperuserConnection
from rtwidget.local.server_settings import Settings
from rtwidget.local.tokens import TEN_YEARS_S, make_token

if TYPE_CHECKING:
    from types import TracebackType


class LocalBackend:
    """A Supabase-compatible backend on 127.0.0.1: `with LocalBackend() as backend: ...`.

    Every method may be called from any thread. It serves from a daemon thread of its own, so it
    works in notebooks, scripts and tests alike.

    Args:
        dsn: Connection string of a superuser of a running Postgres with `wal_level=logical`;
            None starts a throw-away Postgres.
        jwt_secret: Key of the tokens' signatures; None makes one up.
        rest: Serve `/rest/v1/`.
        realtime: Serve `/realtime/v1/websocket`.
        port: Port to listen on; 0 takes a free one.
        settings: Delays, caps and intervals; may be changed while the backend runs.
    """

    def __init__(
        self,
        dsn: str | None = None,
        jwt_secret: str | None = None,
        rest: bool = True,  # noqa: FBT001, FBT002  (given by name in practice)
        realtime: bool = True,  # noqa: FBT001, FBT002
        port: int = 0,
        *,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.faults = Faults()
        self._given_dsn = dsn
        self._secret = jwt_secret or secrets.token_hex(32)
        self._serves = (rest, realtime)
        self._wanted_port = port
        self._postgres: PostgresProcess | None = None
        self._server: HttpServer | None = None
        self._superuser = SuperuserConnection(lambda: self.dsn)
        # Reentrant, because a start that fails stops what it has begun.
        self._lock = threading.RLock()
        # Keys outlive a restart of the backend, so clients that were given them keep working.
        self.anon_key = make_token(self._secret, "anon", None, TEN_YEARS_S)
        self.service_key = make_token(self._secret, "service_role", None, TEN_YEARS_S)

    def __repr__(self) -> str:
        state = self.url if self._server is not None else "stopped"
        return f"LocalBackend({state})"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The project's URL, as `create_client` takes it; empty port 0 while it is stopped."""
        port = self._server.port if self._server is not None else self._wanted_port
        return f"http://{HOST}:{port}"

    @property
    def dsn(self) -> str:
        """Connection string of the superuser."""
        if self._given_dsn is not None:
            return self._given_dsn
        return self._postgres.dsn if self._postgres is not None else ""

    @property
    def subscriptions(self) -> int:
        """Number of live `postgres_changes` subscriptions on the server right now."""
        return len(self._server.subscriptions) if self._server is not None else 0

    def start(self) -> None:
        """Start Postgres if needed, set it up and serve; the second call does nothing.

        Raises:
            LocalBackendError: Something is missing or in the way; the hint says what.
        """
        with self._lock:
            if self._server is not None:
                return
            try:
                if self._given_dsn is None:
                    self._postgres = PostgresProcess()
                    self._postgres.start()
                    self.faults.own(self._postgres)
                set_up(self.dsn)
                rest, realtime = self._serves
                plan = Plan(
                    self.dsn,
                    self._secret,
                    self.settings,
                    self.faults,
                    rest,
                    realtime,
                    self._wanted_port,
                )
                server = HttpServer(plan)
                server.start()
                self._server = server
            # Ctrl-C too must not leave a Postgres behind.
            except BaseException:
                self.stop()
                raise
            # A notebook's kernel ends without anybody leaving the `with` block.
            atexit.register(self.stop)

    def stop(self) -> None:
        """End sockets, threads, slot and Postgres; the second call does nothing."""
        with self._lock:
            # Or the interpreter would keep every stopped backend alive until its end.
            atexit.unregister(self.stop)
            self.faults.own(None)
            server, self._server = self._server, None
            postgres, self._postgres = self._postgres, None
            # While Postgres still runs, so that the connection ends in order.
            self._superuser.close()
            try:
                if server is not None:
                    server.stop()
            finally:
                if postgres is not None:
                    postgres.close()

    def sql(self, text: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run SQL as the superuser in autocommit mode and return the last result's rows.

        Args:
            text: One statement with `%s` for each parameter, or any number without parameters.
            parameters: Values.

        Raises:
            psycopg.Error: The database refused.
        """
        with self._lock:
            return self._superuser.execute(text, *parameters)

    def catch_up(self, timeout_s: float = 10.0) -> None:
        """Wait until what was committed before this call has left for the Realtime sockets.

        Args:
            timeout_s: Longest wait in seconds.

        Raises:
            TimeoutError: Change capture did not get there in time.
        """
        if self._server is not None:
            self._server.catch_up(timeout_s)

    def token(
        self, role: str = "authenticated", sub: str | None = None, ttl_s: float = 3600
    ) -> str:
        """Make a user's token.

        Args:
            role: Database role.
            sub: User id, what `auth.uid()` returns.
            ttl_s: Seconds until it expires; negative for one that has.
        """
        return make_token(self._secret, role, sub, ttl_s)
