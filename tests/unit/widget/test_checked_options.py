"""Options that cannot work are refused by their name, before anything is started."""

from __future__ import annotations

import math
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.widget.checked_options import check_options

USUAL: dict[str, Any] = {
    "numeric": "float",
    "verify_every": None,
    "height": 400,
    "saved_rows": 100,
    "formats": None,
    "switches": {"follow": False, "insecure": True},
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("numeric", "decimal"),
        ("verify_every", 1),
        ("verify_every", 1e9),
        ("height", 80),
        ("height", 100_000),
        ("height", 400.5),
        ("saved_rows", 0),
        ("saved_rows", 500),
        ("formats", {}),
        ("formats", MappingProxyType({"amount": ",.2f"})),
        ("switches", {}),
    ],
)
def test_what_works_is_taken_up_to_its_bounds(name: str, value: object) -> None:
    check_options(**{**USUAL, name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("numeric", "Float"),
        ("numeric", None),
        ("verify_every", 0.99),
        ("verify_every", math.inf),
        ("verify_every", math.nan),
        ("verify_every", True),
        ("verify_every", "5"),
        ("height", 79),
        ("height", 100_001),
        ("height", True),
        ("height", None),
        ("height", Decimal(400)),
        ("saved_rows", -1),
        ("saved_rows", 501),
        ("saved_rows", 5.0),
        ("saved_rows", False),
        ("formats", ",.2f"),
    ],
)
def test_what_cannot_work_is_refused_by_its_name_and_says_what_would(
    name: str, value: object
) -> None:
    with pytest.raises(ArgumentError, match=rf"^{name} is ") as refused:
        check_options(**{**USUAL, name: value})
    assert "Pass" in str(refused.value)


@pytest.mark.parametrize("value", ["no", 1, 0, None])
def test_a_switch_is_on_or_off_and_nothing_that_only_looks_so(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"follow is .*follow=True or follow=False"):
        check_options(**{**USUAL, "switches": {"insecure": True, "follow": value}})


def test_a_secret_that_is_passed_as_formats_is_not_repeated() -> None:
    with pytest.raises(ArgumentError) as refused:
        check_options(**{**USUAL, "formats": "eyJhbGciOi"})
    assert "eyJ" not in str(refused.value)
