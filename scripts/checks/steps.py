"""Run one step after another: its name and duration are shown, and its output when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STEP_LIMIT_S = 600.0
"""No step may take longer; a hanging browser must not hang CI."""


class StepError(Exception):
    """A step failed; its output has been shown."""


def step(name: str, work: Callable[[], str]) -> str:
    """Show a step's name, do its work, show how long it took; return the work's output.

    Raises:
        StepError: When the work raised it; its sentence has been shown.
    """
    print(f"{name:<34}", end="", flush=True)
    began = time.monotonic()
    try:
        output = work()
    except StepError as error:
        print(f"FAILED after {time.monotonic() - began:.1f} s\n\n{error}\n", flush=True)
        raise
    print(f"ok {time.monotonic() - began:6.1f} s", flush=True)
    return output


def run_module(name: str, module: str, *arguments: str) -> str:
    """Run a Python module of this environment as one step and return its output.

    Args:
        name: What the step is called on the screen.
        module: The module, as for `python -m`.
        arguments: Its arguments.

    Raises:
        StepError: When it ended with another code than 0, or did not end in time.
    """
    command = [sys.executable, "-m", module, *arguments]
    # Kernels and demo processes started by the tests find the project from any folder.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return step(name, lambda: output_of(command, environment))


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
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
        try:
            code = process.wait(STEP_LIMIT_S)
        except subprocess.TimeoutExpired:
            code = None
        except KeyboardInterrupt:
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
