"""Orders: what is read, and what is refused."""

from __future__ import annotations

import pytest

from rtwidget.abc import Order
from rtwidget.errors import ArgumentError
from rtwidget.sources.query.order import parse_order


def test_orders_are_read() -> None:
    assert parse_order(None) == ()
    assert parse_order("a") == (Order("a"),)
    assert parse_order(["a.desc.nullslast", "x y.asc", '"b.\\"c".nullsfirst']) == (
        Order("a", descending=True, nulls="nullslast"),
        Order("x y"),
        Order('b."c', nulls="nullsfirst"),
    )


@pytest.mark.parametrize("bad", ["", "a.up", ".desc", "a.b.desc", ["a", "a.desc"], [5], 'a"'])
def test_bad_orders_are_refused(bad: str) -> None:
    with pytest.raises(ArgumentError, match="order_by"):
        parse_order(bad)
