"""The backend's server as a process of its own: it can be killed, and told to misbehave."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from rtwidget.local.tokens import make_token

ROOT = Path(__file__).parents[3]
TEN_YEARS_S = 10 * 365 * 86400


class Server:
    """REST and Realtime on a Postgres that is somebody else's; any thread, one at a time.

    Args:
        dsn: Connection string of its superuser.
    """

    def __init__(self, dsn: str) -> None:
        self._order = {"dsn": dsn, "secret": secrets.token_hex(32), "port": 0}
        self._process: subprocess.Popen[str] | None = None
        # A project's keys stay the same; tables of the same key share their stream.
        self._keys = {
            role: self.token(role, ttl_s=TEN_YEARS_S) for role in ("anon", "service_role")
        }
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._order['port']}"

    def token(self, role: str, sub: str | None = None, ttl_s: float = 3600) -> str:
        return make_token(str(self._order["secret"]), role, sub, ttl_s)

    def key(self, role: str) -> str:
        return self._keys[role]

    def arguments(self, user: str | None) -> dict[str, Any]:
        """Return how `live_table` reads as a user; None is the service role."""
        if user is None:
            return {"url": self.url, "key": self.key("service_role")}
        return {
            "url": self.url,
            "key": self.key("anon"),
            "access_token": lambda: self.token("authenticated", user),
        }

    def announce(self, table: str) -> None:
        """Nothing: the table is in the publication."""

    def start(self) -> None:
        """Start it on the port that it had before; returns when it serves."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.oracle.servers.serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._order["port"] = self._ask(self._order)

    def kill(self) -> None:
        """End it with SIGKILL: sockets break, nothing is said, nothing is tidied."""
        if self._process is not None:
            self._process.kill()
            self._close()

    def fault(self, name: str, **arguments: Any) -> None:
        """Call a method of `backend.faults`."""
        self._ask([name, arguments])

    def catch_up(self) -> None:
        """Wait until what was committed before has left for the sockets, or was lost."""
        self._ask(["catch_up", {}])

    def subscriptions(self) -> int:
        """Return how many subscriptions there are."""
        return int(self._ask(["subscriptions", {}]))

    def stop(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._close()

    def _ask(self, line: object) -> Any:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(line) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, f"the server has ended with {process.poll()}"
        return json.loads(answer)

    def _close(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        with process:
            process.wait(20)
