"""What one line of the table is: ours beside what a user would use instead, and the goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    Args:
        case: What was measured.
        ours: Ours, the median of the repetitions.
        other: What a user would use instead, measured in the same run; None where it gave nothing.
        unit: Of both; more is better where it ends in "/s" or begins with "%", less is better elsewhere.
        goal: The number to reach.
        against: What the other is.
        goal_of: Whether the goal is a number for ours or for the ratio.
        note: What a reader must know beside the numbers.
        sound: Whether the results themselves were right; a fast wrong answer meets no goal.
    """

    case: str
    ours: float
    other: float | None
    unit: str
    goal: float
    against: str
    goal_of: Literal["ours", "ratio"] = "ours"
    note: str = ""
    sound: bool = True

    @property
    def ratio(self) -> float | None:
        """How many times better ours is."""
        # A widget that shows nothing while a cell computes gives 0, to which there is no ratio.
        if not self.other or not self.ours:
            return None
        return self.ours / self.other if self._more_is_better else self.other / self.ours

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        if self.goal_of == "ratio":
            reached = self.ratio is not None and self.ratio >= self.goal
        elif self._more_is_better:
            reached = self.ours >= self.goal
        else:
            reached = self.ours <= self.goal
        return reached and self.sound

    @property
    def _more_is_better(self) -> bool:
        return self.unit.endswith("/s") or self.unit.startswith("%")

    def as_json(self) -> dict[str, object]:
        """Return the line for results.json."""
        return {
            "case": self.case,
            "ours": _rounded(self.ours),
            "other": _rounded(self.other),
            "against": self.against,
            "unit": self.unit,
            "ratio": _rounded(self.ratio),
            "goal": self.goal,
            "goal_of": self.goal_of,
            "met": self.met,
            "note": self.note,
        }


def _rounded(number: float | None) -> float | None:
    # More digits would only be noise in the history of the file.
    return None if number is None else float(f"{number:.4g}")
