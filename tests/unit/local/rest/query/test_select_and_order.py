"""The parameters `select` and `order` as data."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.query.select_and_order import Order, Selected, parse_order, parse_select
from rtwidget.local.rest.rest_errors import RestError


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("", (Selected("*"),)),
        (" * ,id", (Selected("*"), Selected("id"))),
        ("k:id", (Selected("id", alias="k"),)),
        ("id::text", (Selected("id", cast="text"),)),
        ('"k e":"i,d"::double precision', (Selected("i,d", "double precision", "k e"),)),
    ],
)
def test_a_selection(text: str, selected: tuple[Selected, ...]) -> None:
    assert parse_select(text) == selected


@pytest.mark.parametrize(
    ("text", "descending", "nulls"),
    [
        ("a", False, None),
        ("a.asc", False, None),
        ("a.desc", True, None),
        ("a.nullsfirst", False, "first"),
        ("a.desc.nullslast", True, "last"),
    ],
)
def test_an_order(text: str, descending: bool, nulls: str | None) -> None:  # noqa: FBT001
    assert parse_order(f"{text},b") == (
        Order("a", descending, nulls),
        Order("b", descending=False, nulls=None),
    )


@pytest.mark.parametrize("text", ["a.nullsfirst.desc", "a.desc.asc", "a,", ",a"])
def test_an_order_has_its_parts_in_their_order(text: str) -> None:
    with pytest.raises(RestError, match="failed to parse order"):
        parse_order(text)
