"""Put small faults into copies of the project, and count which ones the tests notice: `python -m scripts.mutants --seed 7`."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Final

from scripts.checks.steps import ROOT
from scripts.mutants.mutant import Mutant, Outcome, Verdict
from scripts.mutants.python_sample import sampled
from scripts.mutants.report import Report
from scripts.mutants.rooms import ROOMS, near_tests, room_of
from scripts.mutants.stryker import javascript_outcomes
from scripts.mutants.trial import ProjectCopy, load_what_tests_import

# Filled by `_begin` in each process of the pool, which tries all of its mutants in one copy.
_COPY: Final[list[ProjectCopy]] = []
_ALL_NEAR_S: Final = 7_200.0
"""All tests near any of the sample take about ten minutes."""


def main() -> int:
    """Try a sample of mutants, and return 1 when the tests notice too few."""
    parser = argparse.ArgumentParser(prog="python -m scripts.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=150, help="about how many Python mutants")
    parser.add_argument("--js-sample", type=int, default=60, help="about how many of the front end")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rooms", nargs="*", default=ROOMS, choices=ROOMS)
    parser.add_argument("--at", nargs="*", help="of the sample only those at these `path:line`")
    parser.add_argument(
        "--servers", action=argparse.BooleanOptionalAction, default=True,
        help="ask the tests on a real Postgres about what the quick ones did not notice",
    )  # fmt: skip
    asked = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="rtwidget-mutants-") as folder:
        if asked.sample:
            mutants = sampled(ROOT, asked.seed, asked.sample, asked.rooms)
            if asked.at is not None:
                mutants = [one for one in mutants if f"{one.path}:{one.line}" in asked.at]
            report.take(_outcomes(mutants, asked.jobs, Path(folder), servers=asked.servers))
        if asked.js_sample:
            report.take(javascript_outcomes(Path(folder), asked.seed, asked.js_sample, asked.jobs))
    print(report)
    return 0 if report.is_enough else 1


def _outcomes(
    mutants: Sequence[Mutant], jobs: int, folder: Path, *, servers: bool
) -> Iterable[Outcome]:
    load_what_tests_import()
    fork = multiprocessing.get_context("fork")
    # A queue, because an initializer is not told which process of the pool it runs in.
    folders: Queue[Path] = fork.Queue()
    for number in range(jobs):
        folders.put(folder / f"copy-{number}")
    # Not `multiprocessing.Pool`: its processes may have no children, and tests start some.
    with ProcessPoolExecutor(jobs, fork, _begin, (folders,)) as pool:
        near = {
            test
            for one in mutants
            for tests in near_tests(ROOT, one.path, servers=servers)
            for test in tests
        }
        # Tests that fail anyway would seem to notice everything.
        if troubles := pool.submit(_troubles, sorted(near)).result():
            raise RuntimeError(f"Tests fail without any fault:\n{troubles}")
        tried = [pool.submit(_tried, one, servers=servers) for one in mutants]
        yield from (one.result() for one in as_completed(tried))


def _troubles(tests: Sequence[str]) -> str:
    """Return what tests print that fail without any fault, or nothing."""
    copy = _COPY[0]
    return "" if copy.run(tests, _ALL_NEAR_S) is Verdict.SURVIVED else copy.said


def _begin(folders: Queue[Path]) -> None:
    _COPY.append(ProjectCopy(folders.get()))


def _tried(mutant: Mutant, *, servers: bool) -> Outcome:
    fault = f"{mutant.kind}: {mutant.before} -> {mutant.after}"
    place = f"{mutant.path}:{mutant.line}"
    return Outcome(room_of(mutant.path), place, fault, _COPY[0].verdict(mutant, servers=servers))


if __name__ == "__main__":
    sys.exit(main())
