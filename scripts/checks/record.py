"""The steps of one run: each is shown as it ends, a failing one lets the others run, and the end lists all."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from scripts.checks.results import Results
from scripts.checks.steps import StepError

SLOWEST_TESTS = 20


@dataclass
class Record:
    """What the steps of one run came to; any thread may add to it.

    Attributes:
        results: What the tests came to.
        failed_steps: The names of the steps that failed.
    """

    results: Results = field(default_factory=Results)
    failed_steps: list[str] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def step(self, name: str, work: Callable[[], str]) -> str | None:
        """Do a step's work and show how long it took; return its output, or None if it failed.

        Args:
            name: What the step is called on the screen.
            work: What it does; it returns its output, or raises a `StepError` that holds it.
        """
        began = time.monotonic()
        try:
            output = work()
        except StepError as error:
            return self._failed(name, began, str(error))
        except Exception:  # noqa: BLE001  (a fault of ours must not hide what the other steps find)
            return self._failed(name, began, traceback.format_exc())
        self._show(f"{name:<42} ok     {time.monotonic() - began:6.1f} s")
        return output

    def add(self, results: Results) -> None:
        """Add what one run of tests came to."""
        with self._lock:
            self.results.add(results)

    @property
    def ok(self) -> bool:
        """Whether every step and every test so far succeeded."""
        return not self.failed_steps and not self.results.failed

    def summary(self, mode: str) -> str:
        """Return the end of the run: counts, slow tests, and everything that failed.

        Args:
            mode: What was run.
        """
        results = self.results
        counted = [f"{number:,} {what}" for what, number in sorted(results.counted.items())]
        lines = [f"\n{mode}: {time.monotonic() - self._began:.0f} s"]
        if len(results.durations_s) > SLOWEST_TESTS:
            lines += ["", f"the slowest {SLOWEST_TESTS} tests:"]
            lines += [f"{took:7.1f} s  {name}" for name, took in results.slowest(SLOWEST_TESTS)]
        if not self.ok:
            lines += ["", "failed:", *(f"  {name}" for name in self.failed_steps + results.failed)]
        tests = f"{results.passed + results.skipped + len(results.failed):,} tests"
        # A step of tests fails because of its tests, so a sum would count these twice.
        failures = max(len(results.failed), len(self.failed_steps))
        lines += ["", ", ".join([tests, f"{results.skipped} skipped", *counted])]
        return "\n".join([*lines, f"{results.passed} passed, {failures} failed"])

    def _failed(self, name: str, began: float, told: str) -> str | None:
        self._show(f"{name:<42} FAILED {time.monotonic() - began:6.1f} s\n\n{told}\n")
        with self._lock:
            self.failed_steps.append(name)
        return None

    def _show(self, line: str) -> None:
        # Steps run side by side, and their lines must not mix.
        with self._lock:
            print(line, flush=True)


def side_by_side(record: Record, *lanes: Sequence[Callable[[Record], object]]) -> None:
    """Do several rows of steps at the same time, each row in a thread of its own, and wait for all.

    Args:
        record: Where the steps are recorded.
        lanes: Rows of what takes the record and does steps.
    """

    def walk(lane: Sequence[Callable[[Record], object]]) -> None:
        for part in lane:
            part(record)

    with ThreadPoolExecutor(len(lanes)) as threads:
        # A list, so that what is raised in a thread is raised here.
        list(threads.map(walk, lanes))
