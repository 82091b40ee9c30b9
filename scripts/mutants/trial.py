"""Tries a mutant in a copy of the project: puts it in, runs the tests near it in a child, and takes it out again."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final, NoReturn

import pytest

from scripts.checks.steps import ROOT
from scripts.mutants.mutant import Mutant, Verdict
from scripts.mutants.rooms import near_tests

LIMIT_S: Final = 900.0
"""The tests near one file take seconds; on a busy machine a hundred times as long. A fault that loops for ever takes all of it."""
_NOT_COPIED: Final = (
    ".git", ".venv", "node_modules", "__pycache__", ".hypothesis", ".*_cache", "*.egg-info"
)  # fmt: skip
_LOADED_ONCE: Final = (
    "pyarrow.compute",
    "pandas",
    "msgspec",
    "websockets",
    "psycopg",
    "ipywidgets",
    "anywidget",
)
"""What the tests import and no mutant changes: children begin with it. Plugins of pytest must not be among it."""


_SAID: Final = "trial.log"
_SEEDS: Final = "40"
"""The scenes of the simulation are what looks at single lines; many seeds of each fault would take hours."""
_OPTIONS: Final = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=1")


class ProjectCopy:
    """A copy of the project, so that a run that is stopped leaves nothing behind.

    Args:
        folder: Where to put it; must not be there yet.
        source: What to copy.
    """

    def __init__(self, folder: Path, source: Path = ROOT) -> None:
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED), symlinks=True)
        self.folder = folder

    @property
    def said(self) -> str:
        """The end of what the last tests printed."""
        return (self.folder / _SAID).read_text(errors="replace")[-3_000:]

    def verdict(self, mutant: Mutant, *, servers: bool = True, limit_s: float = LIMIT_S) -> Verdict:
        """Return whether the tests near a mutant notice it; those on servers are asked last, if at all."""
        path = self.folder / mutant.path
        code = path.read_text()
        _write(path, mutant.code)
        try:
            for tests in near_tests(self.folder, mutant.path, servers=servers):
                found = self.run(tests, limit_s)
                if found is not Verdict.SURVIVED:
                    return found
        finally:
            _write(path, code)
        return Verdict.SURVIVED

    def run(self, tests: Sequence[str], limit_s: float = LIMIT_S) -> Verdict:
        """Run tests in a child until the first fails, and return what that says of the code as it is."""
        child = os.fork()
        if child == 0:
            self._run_in_child(tests)
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                _end(child)
                return Verdict.SURVIVED if status == 0 else Verdict.NOTICED
            # Waiting for a child has no time limit, so it is asked again and again.
            time.sleep(0.02)
        _end(child)
        os.waitpid(child, 0)
        return Verdict.TIMED_OUT

    def _run_in_child(self, tests: Sequence[str]) -> NoReturn:
        code: int = pytest.ExitCode.INTERNAL_ERROR
        try:
            # A group of its own, so that `_end` reaches what the tests start.
            os.setsid()
            os.chdir(self.folder)
            with (self.folder / _SAID).open("wb") as said:
                for descriptor in (1, 2):
                    os.dup2(said.fileno(), descriptor)
            os.environ.update(
                PYTHONPATH=str(self.folder),
                HYPOTHESIS_PROFILE="quick",
                RTWIDGET_SIM_SEEDS=_SEEDS,
            )
            # Before all else, or the tests would import the project without the fault.
            sys.path[:] = [
                str(self.folder),
                *(one for one in sys.path if one not in {"", str(ROOT)}),
            ]
            code = pytest.main([*_OPTIONS, *tests])
        except BaseException:  # noqa: BLE001  (told by the parent)
            # Not printed, because pytest still holds what is printed.
            (self.folder / _SAID).write_text(traceback.format_exc())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Not `sys.exit`: a forked child must not run what its parent registered for its own end.
            os._exit(code)


def load_what_tests_import() -> None:
    """Import the libraries once, for all children to come."""
    for name in _LOADED_ONCE:
        importlib.import_module(name)


def _write(path: Path, code: str) -> None:
    """Write a file, and forget its compiled form: times of files are too coarse to tell two writes apart."""
    path.write_text(code)
    Path(cache_from_source(str(path))).unlink(missing_ok=True)


def _end(group: int) -> None:
    """End what a child has started, too."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
