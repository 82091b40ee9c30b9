"""What a run of mutants found: how many were noticed, room by room, and each one that was not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scripts.mutants.mutant import Outcome, Verdict

ENOUGH: Final = 0.85
"""The share that has to be noticed; what is left are faults that change nothing, or nothing that a user could tell."""


class Report:
    """Collects outcomes, and shows each as it comes."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Show and keep outcomes."""
        for one in outcomes:
            print(f"{one.verdict.value:12}  {one.place}  {one.fault}", flush=True)
            self._outcomes.append(one)

    @property
    def noticed(self) -> int:
        """How many were noticed."""
        return sum(one.verdict is not Verdict.SURVIVED for one in self._outcomes)

    @property
    def is_enough(self) -> bool:
        """Whether something was tried, and enough of it was noticed."""
        return bool(self._outcomes) and self.noticed >= ENOUGH * len(self._outcomes)

    def __str__(self) -> str:
        lines = ["", "Not noticed:"]
        lines += [f"  {one.place}  {one.fault}" for one in self._survivors()]
        for room in sorted({one.room for one in self._outcomes}):
            here = [one for one in self._outcomes if one.room == room]
            noticed = sum(one.verdict is not Verdict.SURVIVED for one in here)
            lines.append(f"{room:10}{noticed:5} of {len(here):4}")
        share = self.noticed / len(self._outcomes) if self._outcomes else 0.0
        lines.append(f"{'all':10}{self.noticed:5} of {len(self._outcomes):4}  {share:.0%}")
        return "\n".join(lines)

    def _survivors(self) -> list[Outcome]:
        return sorted(
            (one for one in self._outcomes if one.verdict is Verdict.SURVIVED),
            key=lambda one: one.place,
        )
