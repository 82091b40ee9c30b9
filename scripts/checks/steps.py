"""Do the work of one step: run a program and return what it printed, or fail with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STEP_LIMIT_S = 3600.0
"""No step may take longer; a hanging browser must not hang CI. The longest takes under six minutes on two idle cores."""


class StepError(Exception):
    """A step failed; the message holds its output."""


def run_module(module: str, *arguments: str) -> str:
    """Run a Python module of this environment and return its output.

    Args:
        module: The module, as for `python -m`.
        arguments: Its arguments.

    Raises:
        StepError: When it ended with another code than 0, or did not end in time.
    """
    command = [sys.executable, "-m", module, *arguments]
    # Kernels and demo processes started by the tests find the project from any folder.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Without kept bytecode every worker, kernel and script of a test compiles the project anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return output_of(command, environment)


def output_of(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a program and return what it printed.

    Raises:
        StepError: When it ended with another code than 0, or did not end in time.
    """
    # A file, not a pipe: a grandchild that keeps a pipe open would keep us waiting.
    with tempfile.TemporaryFile() as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            # Nobody is there to answer, so what asks has to fail at once.
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            # A group of its own, so that `_end` reaches the browsers and servers that it started.
            start_new_session=True,
        )
        try:
            code = process.wait(STEP_LIMIT_S)
        except subprocess.TimeoutExpired:
            code = None
        except KeyboardInterrupt:
            # Ctrl-C does not reach another session, so it has to be ended from here.
            _end(process)
            raise
        if code is None:
            _end(process)
        file.seek(0)
        output = file.read().decode(errors="replace")
    if code is None:
        raise StepError(f"{output}\n{command[0]} did not end within {STEP_LIMIT_S:.0f} s.")
    if code != 0:
        raise StepError(f"{output}\n{' '.join(command)} ended with code {code}.")
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
