"""The table for people says what results.json says."""

from __future__ import annotations

import json

import pytest

from bench.cases import Result
from bench.report import README, RESULTS, table


def test_the_readme_shows_the_results_that_are_committed() -> None:
    assert table(json.loads(RESULTS.read_text())) in README.read_text()


@pytest.mark.parametrize(
    ("result", "ratio"),
    [
        (Result("more", 200, 100, "rows/s", 2, "other", "ratio"), 2),
        (Result("less", 50, 100, "ms", 2, "other", "ratio"), 2),
        (Result("slower, but good enough", 50, 10, "ms", 50, "other"), 0.2),
        (Result("all of it", 100, 20, "% of those sent", 100, "other"), 5),
    ],
)
def test_a_goal_is_met(result: Result, ratio: float) -> None:
    assert result.ratio == ratio
    assert result.met


@pytest.mark.parametrize(
    "result",
    [
        Result("less than twice as many", 199, 100, "rows/s", 2, "other", "ratio"),
        Result("too few", 200, 100, "rows/s", 201, "other"),
        Result("too slow", 50, 100, "ms", 49, "other"),
        Result("not all", 99, 20, "% of those sent", 100, "other"),
        Result("nothing to compare with", 50, None, "ms", 2, "other", "ratio"),
        Result("wrong", 1, 100, "ms", 2, "other", sound=False),
    ],
)
def test_a_goal_is_not_met(result: Result) -> None:
    assert not result.met
