"""Starting, stopping, attaching, and leaving nothing behind however the process ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from rtwidget.local import LocalBackend, LocalBackendError
from rtwidget.local.postgres import postgres_process
from tests.integration.local.waiting import is_up, wait_until

HOLDER = """
import select, signal, sys
# Who is started by a shell's background job ignores it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from rtwidget.local import LocalBackend
backend = LocalBackend()
backend.start()
print(backend.sql("show data_directory")[0][0], backend.dsn, flush=True)
# A signal that reaches another thread does not end a read of the main one.
while not select.select([sys.stdin], [], [], 0.1)[0]:
    pass
sys.stdin.read()
{ending}
"""


def start_holder(ending: str = "") -> tuple[subprocess.Popen[str], Path, str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(ending=ending)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout is not None
    directory, dsn = process.stdout.readline().split()
    return process, Path(directory), dsn


def test_stop_leaves_nothing() -> None:
    threads = set(threading.enumerate())
    with LocalBackend() as backend:
        directory = Path(backend.sql("show data_directory")[0][0])
        dsn = backend.dsn
        assert directory.is_dir()
        assert directory.is_relative_to(tempfile.gettempdir())
    assert not directory.parent.exists()
    assert not is_up(dsn)
    # Threads of tests before this one may end meanwhile.
    assert set(threading.enumerate()) <= threads


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_killed_process_leaves_nothing(number: signal.Signals) -> None:
    process, directory, dsn = start_holder()
    with process:
        assert is_up(dsn)
        process.send_signal(number)
        assert process.wait(10) != 0
    wait_until(lambda: not directory.parent.exists())
    assert not is_up(dsn)


def test_process_that_forgets_to_stop_leaves_nothing() -> None:
    process, directory, dsn = start_holder()
    with process:
        process.communicate("")
        assert process.returncode == 0
    wait_until(lambda: not directory.parent.exists())
    assert not is_up(dsn)


def test_start_and_stop_twice_and_again() -> None:
    backend = LocalBackend()
    for _ in range(2):
        backend.start()
        backend.start()
        assert backend.sql("select 1") == [(1,)]
        backend.stop()
        backend.stop()


def test_starts_in_seconds_and_not_in_minutes() -> None:
    began = time.monotonic()
    with LocalBackend():
        assert time.monotonic() - began < 60


def test_nothing_tells_a_secret() -> None:
    with LocalBackend() as backend:
        shown = repr(backend) + repr(backend.faults) + repr(backend.settings)
        for secret in (backend.anon_key, backend.service_key, backend._secret, backend.dsn):
            assert secret not in shown


def test_taken_port_is_named() -> None:
    with LocalBackend() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(LocalBackendError, match="port"):
            LocalBackend(port=port).start()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to be another user")
def test_postgres_does_not_run_as_root() -> None:
    with LocalBackend() as backend:
        directory = Path(backend.sql("show data_directory")[0][0])
        assert directory.stat().st_uid != 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to be another user")
def test_binaries_that_only_root_can_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = postgres_process._find_binaries().parent.parent
    for part in (package, package.with_name(package.name + ".libs")):
        shutil.copytree(part, tmp_path / part.name)
    tmp_path.chmod(0o700)
    hidden = tmp_path / package.name / "pginstall" / "bin"
    monkeypatch.setattr(postgres_process, "_find_binaries", lambda: hidden)
    with LocalBackend() as backend:
        assert backend.sql("select 1") == [(1,)]
