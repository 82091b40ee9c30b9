"""Run pytest over parts of the tests, and measure coverage over all of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from scripts.checks.record import Record
from scripts.checks.results import read_results
from scripts.checks.steps import ROOT, StepError, run_module

COVERED_PERCENT = 80
"""The least coverage of rtwidget/ by the unit tests and the tests of the edges; the others check the product from outside."""

NOTEBOOKS = "--nbval"
_COVERAGE_FLAGS = ("--cov=rtwidget", "--cov-branch", "--cov-append", "--cov-report=")


def run_tests(
    record: Record,
    name: str,
    folders: Iterable[str],
    *flags: str,
    workers: int = 1,
    coverage: bool = False,
) -> None:
    """Run the tests in folders as one step.

    Args:
        record: Where to add the results.
        name: What the step is called on the screen.
        folders: Folders or files of tests, relative to the project.
        flags: Further arguments for pytest.
        workers: How many files run at a time: two where tests compute, more where half of them wait.
        coverage: Whether to add what they cover to the data so far.
    """
    # Its plugin takes two seconds to load, in every worker.
    without = () if NOTEBOOKS in flags else ("-p", "no:nbval")
    # A file stays with one worker, because its tests share a backend, a notebook or a page.
    side_by_side = ("-n", str(workers), "--dist", "loadfile") if workers > 1 else ()
    chosen = (*without, *side_by_side, *(_COVERAGE_FLAGS if coverage else ()), *flags)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        # xunit1, because `record_property` does not fit the schema of the newer family.
        arguments = (
            "-q",
            "--tb=short",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report}",
            *folders,
            *chosen,
        )
        record.step(name, lambda: run_module("pytest", *arguments))
        # After a failed step, too: the report says which tests failed.
        record.add(read_results(report))


def run_notebooks(record: Record) -> None:
    """Run every notebook, each in a fresh kernel of this environment."""
    run_tests(record, "notebooks (nbval)", ["notebooks"], NOTEBOOKS, "--nbval-current-env")


def forget_coverage() -> None:
    """Forget what earlier runs covered."""
    for file in ROOT.glob(".coverage*"):
        file.unlink()


def demand_replica_covered(record: Record) -> None:
    """Demand that every line and branch of the rule is covered."""
    arguments = ("report", "--include=rtwidget/replica/*", "--fail-under=100")
    record.step("coverage of rtwidget/replica", lambda: run_module("coverage", *arguments))


def demand_covered(record: Record) -> None:
    """Demand the least coverage of everything, and show the share."""
    arguments = ("report", f"--fail-under={COVERED_PERCENT}")
    output = record.step("coverage of rtwidget", lambda: run_module("coverage", *arguments))
    for line in (output or "").splitlines():
        if line.startswith("TOTAL"):
            print(f"  covered: {line.split()[-1]}, at least {COVERED_PERCENT} % are demanded")


def demand_some(record: Record) -> None:
    """Demand that a test ran: no test is no proof."""
    if record.results.passed == 0:
        record.step("tests", _no_test)


def _no_test() -> str:
    raise StepError("No test ran. Run this from a full checkout, with its tests/ folder.")
