"""What one case is, how it is repeated, and how a table of results looks."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass

REPETITIONS = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table.

    Args:
        case: What was measured.
        ours: The median of ours.
        other: The median of what a user would use instead.
        unit: Of both; units ending in "/s" are better when greater, others when smaller.
        goal: The least ratio in our favour.
    """

    case: str
    ours: float
    other: float
    unit: str
    goal: float

    @property
    def ratio(self) -> float:
        """How many times better ours is."""
        return self.ours / self.other if self.unit.endswith("/s") else self.other / self.ours

    def as_json(self) -> dict[str, object]:
        """Return the row for results.json."""
        met = self.ratio >= self.goal
        return {**asdict(self), "ratio": round(self.ratio, 2), "met": met}


def median_of(measure: Callable[[], float]) -> float:
    """Return the median of several measurements, after one that does not count."""
    measure()
    return statistics.median(measure() for _ in range(REPETITIONS))


def table(results: list[Result]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| case | ours | other | unit | ratio | goal | met |", "|---|---|---|---|---|---|---|"]
    for one in results:
        met = "yes" if one.ratio >= one.goal else "no"
        numbers = f"{one.ours:,.4g} | {one.other:,.4g} | {one.unit} | {one.ratio:.1f}"
        lines.append(f"| {one.case} | {numbers} | {one.goal:g} | {met} |")
    return "\n".join(lines)
