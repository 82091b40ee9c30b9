"""What may befall the database behind the servers, and change capture with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.faults.server_calls import ServerCalls

if TYPE_CHECKING:
    from rtwidget.local.postgres.postgres_process import PostgresProcess


class DatabaseFaults:
    """The part of `Faults` that is about Postgres. Any thread may call; calls return when done."""

    def __init__(self) -> None:
        self._server = ServerCalls()
        self._postgres: PostgresProcess | None = None
        self._is_down = False

    def own(self, postgres: PostgresProcess | None) -> None:
        """Name the Postgres that may be stopped; the backend calls this itself."""
        self._postgres = postgres
        self._is_down = False

    def stop_postgres(self, *, crash: bool = True) -> None:
        """Stop Postgres behind the living servers; a second call does nothing.

        As on the real ones, REST answers 503, and Realtime keeps its sockets, answers heartbeats and
        says nothing else. When Postgres is back in time, changes are told again from then on. After
        `Settings.capture_gives_up_s` channels stay joined, and never hear of anything again.

        Args:
            crash: Whether it goes as in a power failure, not in order.

        Raises:
            LocalBackendError: The backend is stopped, or the Postgres is not its own.
        """
        postgres = self._own_postgres()
        if not self._is_down:
            # Set before, so that `clear` starts it again also when stopping failed half-way.
            self._is_down = True
            postgres.stop_server(crash=crash)

    def start_postgres(self) -> None:
        """Start Postgres again after `stop_postgres`; returns when it accepts connections.

        Raises:
            LocalBackendError: As `stop_postgres`, or it does not start.
        """
        postgres = self._own_postgres()
        if self._is_down:
            postgres.start_server()
            self._is_down = False

    def restart_postgres(self, *, crash: bool = True, down_s: float = 0.0) -> None:
        """Stop Postgres and start it again; returns when it accepts connections.

        What is committed before change capture has a new slot is told to nobody.

        Args:
            crash: Whether it goes as in a power failure, not in order.
            down_s: How long it is away, in seconds.

        Raises:
            LocalBackendError: The backend is stopped, or the Postgres is not its own.
        """
        self.stop_postgres(crash=crash)
        # The caller asked for this outage, so its length is real time.
        time.sleep(down_s)
        self.start_postgres()

    def end_capture(self) -> None:
        """End change capture as after a long outage; Postgres and REST go on.

        Channels stay joined, heartbeats are answered, and no change is told. The next channel that
        subscribes starts it anew, without those that were joined before; a channel also comes back
        by itself when it is given another token.

        Raises:
            LocalBackendError: The backend is not running.
        """
        self._server.run(lambda server: server.end_capture())

    def publication_changed(self) -> None:
        """Do what the server does, once a minute, when it finds another publication.

        Every subscription is deleted, and every channel subscribes again and is told so.

        Raises:
            LocalBackendError: The backend is not running.
        """
        self._server.run(lambda server: server.publication_changed())

    def _bring_back(self) -> None:
        """Start what is down, and wait until no change is missed; channels that were forgotten stay so."""
        # Another's Postgres was never stopped.
        if self._postgres is not None:
            self.start_postgres()
            self._server.run(lambda server: server.start_capture())

    def _own_postgres(self) -> PostgresProcess:
        if self._postgres is None:
            raise LocalBackendError(
                "There is no Postgres to stop.",
                "Call `start()` first, and without `dsn=`: another's server is not ours to stop.",
            )
        return self._postgres
