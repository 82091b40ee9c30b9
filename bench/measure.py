"""How a case is repeated: ours and the others by turns, so that load on the machine hits all of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

REPETITIONS = 5
"""The least that gives a median to trust on a machine that others use too."""

T = TypeVar("T")


def by_turns(
    measures: Mapping[str, Callable[[], T]], *, warm_up: bool = True
) -> dict[str, list[T]]:
    """Return what each measure gave in each repetition.

    Args:
        measures: What to measure, by name; each is called once in every repetition.
        warm_up: Whether to begin with a repetition that does not count.
    """
    if warm_up:
        for measure in measures.values():
            measure()
    found: dict[str, list[T]] = {name: [] for name in measures}
    for _ in range(REPETITIONS):
        for name, measure in measures.items():
            # What the one before left behind is not this one's cost.
            gc.collect()
            found[name].append(measure())
    return found


def medians(
    measures: Mapping[str, Callable[[], float]], *, warm_up: bool = True
) -> dict[str, float]:
    """Return the median of each measure."""
    found = by_turns(measures, warm_up=warm_up)
    return {name: statistics.median(values) for name, values in found.items()}


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that so many percent of the values do not exceed."""
    # By rank and not between two values, so that it is a time which was really measured.
    ranked = sorted(values)
    return ranked[max(0, min(len(ranked) - 1, round(percent / 100 * len(ranked)) - 1))]
