"""Formats and styles are checked where they are given."""

from __future__ import annotations

import math
from typing import Any

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.widget.display_options import checked_formats, value_style


@pytest.mark.parametrize(
    "spec", [",.2f", "$,.2f", ".1%", ",d", "s", ",", "", "exact", "+.2f", "+$,.1f", "-d"]
)
def test_formats_that_the_browser_reads(spec: str) -> None:
    assert checked_formats({"amount": spec}) == {"amount": spec}


@pytest.mark.parametrize(
    "spec", [",.2x", "%Y", ".200f", "two", 5, None, "(,.2f", "~s", "<d", "=d", "++d", "$+d"]
)
def test_other_formats_are_refused_by_name(spec: Any) -> None:
    with pytest.raises(ArgumentError, match="amount"):
        checked_formats({"amount": spec})


@pytest.mark.parametrize("formats", [",.2f", [",.2f"], 2])
def test_formats_that_name_no_column_are_refused(formats: Any) -> None:
    with pytest.raises(ArgumentError, match="formats is"):
        checked_formats(formats)


def test_styles_as_the_browser_gets_them() -> None:
    assert value_style("bar", 0, None) == {"kind": "bar", "low": 0, "high": None}
    tones = {"open": "good", True: "#aabbcc", 5: "orange"}
    assert value_style(tones, None, None) == {
        "kind": "values",
        "tones": {"open": "good", "true": "#aabbcc", "5": "orange"},
    }


@pytest.mark.parametrize(
    ("how", "low", "high"),
    [
        ("rainbow", None, None),
        ("heat", 5, 5),
        ({"a": "url(x)"}, None, None),
        ({"a": ""}, 0, 1),
        ({"a": None}, None, None),
        ("bar", "a", None),
        ("heat", None, math.inf),
        ("heat", math.nan, 1),
    ],
)
def test_styles_that_cannot_work_are_refused(how: Any, low: Any, high: Any) -> None:
    with pytest.raises(ArgumentError):
        value_style(how, low, high)
