"""Values of Python, numpy and pandas as the text with which a filter compares."""

from __future__ import annotations

from enum import Enum

import numpy as np
import pandas as pd
import pytest

from rtwidget.abc import Condition
from rtwidget.errors import FilterError
from rtwidget.sources.query.filters import parse_filter


class Status(str, Enum):  # noqa: UP042  (its `str` is its name, unlike that of a StrEnum)
    OPEN = "open"
    DONE = "done"


class Level(Enum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Status.OPEN, Condition("a", "eq", ("open",))),
        (Level.HIGH, Condition("a", "eq", ("3",))),
        (Status, Condition("a", "in", ("done", "open"))),
        ([Status.OPEN, "x"], Condition("a", "in", ("open", "x"))),
        (np.True_, Condition("a", "eq", ("true",))),
        (np.int64(7), Condition("a", "eq", ("7",))),
        (np.float64(7), Condition("a", "eq", ("7",))),
        (7.25, Condition("a", "eq", ("7.25",))),
        (1e300, Condition("a", "eq", ("1e+300",))),
        (np.datetime64("2024-01-02T03:04:05.678"), Condition("a", "eq", ("2024-01-02T03:04:05.678",))),
        (pd.Timestamp("2024-01-02", tz="UTC"), Condition("a", "eq", ("2024-01-02T00:00:00+00:00",))),
        (range(3), Condition("a", "in", ("0", "1", "2"))),
        (np.array([2, 1]), Condition("a", "in", ("1", "2"))),
        (np.array(["2024-01-02"], "M8[ns]"), Condition("a", "in", ("2024-01-02T00:00:00.000000000",))),
        (pd.Series(["x", "y"]), Condition("a", "in", ("x", "y"))),
        (pd.Index([1, 2]), Condition("a", "in", ("1", "2"))),
        ({"x": 1}.keys(), Condition("a", "in", ("x",))),
    ],
)  # fmt: skip
def test_values_of_python_numpy_and_pandas(value: object, expected: Condition) -> None:
    assert parse_filter({"a": value}) == (expected,)


@pytest.mark.parametrize(
    "value",
    [pd.NaT, pd.NA, np.datetime64("NaT"), [None], pd.DataFrame({"x": [1]}), np.array([[1]]), b"x", {"x": 1}],
)  # fmt: skip
def test_values_without_a_text_are_refused(value: object) -> None:
    with pytest.raises(FilterError, match="cannot compare with"):
        parse_filter({"a": value})
