"""Run pytest over parts of the tests, count what passed, and measure coverage over all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.checks.steps import ROOT, StepError, run_module, step

COVERED_PERCENT = 80
"""The least coverage of rtwidget/ by the unit tests and the tests of the edges; the others check the product from outside."""

_COUNT = re.compile(r"(\d+) (passed|failed|error)")
_COVERAGE_FLAGS = ("--cov=rtwidget", "--cov-branch", "--cov-append", "--cov-report=")


@dataclass
class Tally:
    """How many tests passed, and how many tests or other steps failed."""

    passed: int = 0
    failed: int = 0

    def add(self, output: str) -> None:
        """Add the counts of pytest's last line."""
        last = output.rstrip().rpartition("\n")[2]
        for number, what in _COUNT.findall(last):
            if what == "passed":
                self.passed += int(number)
            else:
                self.failed += int(number)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def run_tests(
    tally: Tally,
    name: str,
    folders: Iterable[str],
    *flags: str,
    workers: int = 1,
    coverage: bool = False,
) -> None:
    """Run the tests in those of the folders that exist.

    Args:
        tally: Where to add the counts.
        name: What the step is called on the screen.
        folders: Folders or files of tests, relative to the project.
        flags: Further arguments for pytest.
        workers: How many files run at a time: two where tests compute in one thread, three where they mostly wait.
        coverage: Whether to add what they cover to the data so far.
    """
    places = [(folder, ROOT / folder) for folder in folders]
    found = [name for name, place in places if place.is_file() or any(place.rglob("*.*"))]
    if not found:
        return
    side_by_side = ("-n", str(workers), "--dist", "loadfile") if workers > 1 else ()
    chosen = (*side_by_side, *(_COVERAGE_FLAGS if coverage else ()), *flags)
    try:
        output = run_module(name, "pytest", "-q", "--tb=short", *found, *chosen)
    except StepError as error:
        tally.add(str(error).rpartition("\n")[0])
        raise
    tally.add(output)


def run_notebooks(tally: Tally) -> None:
    """Run every notebook, each in a fresh kernel of this environment."""
    if any(ROOT.joinpath("notebooks").glob("*.ipynb")):
        run_tests(tally, "notebooks (nbval)", ["notebooks"], "--nbval", "--nbval-current-env")


def forget_coverage() -> None:
    """Forget what earlier runs covered."""
    for file in ROOT.glob(".coverage*"):
        file.unlink()


def demand_replica_covered() -> None:
    """Demand that every line and branch of the rule is covered."""
    run_module(
        "coverage of rtwidget/replica",
        *("coverage", "report", "--include=rtwidget/replica/*", "--fail-under=100"),
    )


def demand_covered() -> None:
    """Demand the least coverage of everything, and show the share."""
    output = run_module(
        "coverage of rtwidget", *("coverage", "report", f"--fail-under={COVERED_PERCENT}")
    )
    total = next(line for line in output.splitlines() if line.startswith("TOTAL"))
    print(f"  covered: {total.split()[-1]}, at least {COVERED_PERCENT} % are demanded")


def demand_some(tally: Tally) -> None:
    """Demand that a test ran: no test is no proof."""
    if tally.passed == 0:
        step("tests", _no_test)


def _no_test() -> str:
    raise StepError("No test ran. Run this from a full checkout, with its tests/ folder.")
