"""What a run of pytest came to, read from its JUnit report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass
class Results:
    """Tests that passed and failed, how long each took, and what they counted.

    Attributes:
        passed: How many passed.
        skipped: How many were skipped.
        failed: The names of those that failed or could not be run.
        durations_s: Seconds for each test, with its fixtures.
        counted: What tests counted beside themselves by `record_property`, such as seeds.
    """

    passed: int = 0
    skipped: int = 0
    failed: list[str] = field(default_factory=list)
    durations_s: dict[str, float] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)

    def add(self, other: Results) -> None:
        """Add what another run came to."""
        self.passed += other.passed
        self.skipped += other.skipped
        self.failed += other.failed
        self.durations_s |= other.durations_s
        self.counted += other.counted

    def slowest(self, number: int) -> list[tuple[str, float]]:
        """Return the names and the seconds of the slowest tests, the slowest first."""
        return sorted(self.durations_s.items(), key=lambda item: -item[1])[:number]


def read_results(report: Path) -> Results:
    """Read pytest's JUnit report; a report that was never written holds no test.

    Args:
        report: The file that `pytest --junitxml` wrote.
    """
    results = Results()
    if not report.exists():
        return results
    # The report is our own, written a moment ago.
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        name = f"{case.get('classname')}::{case.get('name')}"
        # A test that fails, and whose fixture then fails to end, stands in the report twice.
        results.durations_s[name] = results.durations_s.get(name, 0) + float(case.get("time", 0))
        results.counted += Counter(dict(_counted(case)))
        if case.find("failure") is not None or case.find("error") is not None:
            results.failed.append(name)
        elif case.find("skipped") is not None:
            results.skipped += 1
        else:
            results.passed += 1
    return results


def _counted(case: ET.Element) -> Iterator[tuple[str, int]]:
    for one in case.iter("property"):
        value = one.get("value", "")
        if value.isdecimal():
            yield one.get("name", ""), int(value)
