"""A Postgres as its users reach it: through a proxy that can cut, hold back and lose what it forwards."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import psycopg

from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from tests.integration.postgres.proxy import Proxy

ROLE = "oracle_web"


class PostgresServer:
    """Any thread, one at a time.

    Args:
        dsn: Connection string of the superuser.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        login_dsn(dsn, ROLE, member_of="authenticated")
        self._proxy = Proxy(login_dsn(dsn, ROLE, member_of="service_role"))
        self._proxy.__enter__()

    def arguments(self, user: str | None) -> dict[str, Any]:
        """Return how `live_table` reads as a user; None is the service role."""
        role = "service_role" if user is None else "authenticated"
        claims = json.dumps({"role": role, "sub": user}, separators=(",", ":"))
        options = quote(f"-c role={role} -c request.jwt.claims={claims}", safe="")
        return {"source": f"{self._proxy.dsn}&options={options}"}

    def announce(self, table: str) -> None:
        """Put the triggers on it."""
        setup.enable(table, self._dsn)

    def fault(self, name: str, **arguments: Any) -> None:
        """Misbehave: `kill` backends, `cut` connections, `hold` everything back, `drop` notifications, or `clear`."""
        if name == "kill":
            with psycopg.connect(self._dsn) as connection:
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s",
                    (ROLE,),
                )
        elif name == "cut":
            self._proxy.cut()
        elif name == "hold":
            self._proxy.silence(on=True)
        else:
            self._proxy.drops_notifications = name == "drop"
            self._proxy.silence(on=False)

    def catch_up(self) -> None:
        """Nothing: what comes later is not lost, which is no worse."""

    def subscriptions(self) -> int:
        """Return how many connections there are, of which each feed holds one that listens."""
        with psycopg.connect(self._dsn) as connection:
            count = "select count(*) from pg_stat_activity where usename = %s"
            row = connection.execute(count, (ROLE,)).fetchone()
        return int(row[0]) if row else 0

    def kill(self) -> None:
        """Cut every connection."""
        self._proxy.cut()

    def start(self) -> None:
        """Nothing: it always runs."""

    def stop(self) -> None:
        """End the proxy."""
        self._proxy.__exit__(None, None, None)
