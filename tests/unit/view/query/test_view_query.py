"""What a view asks is compared by what it asks, so that the same question costs nothing again."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from rtwidget.store.order.ordering import Order
from rtwidget.view.query.view_query import (
    DATABASES_WAY,
    Between,
    ColumnFilter,
    Contains,
    IsNull,
    OneOf,
    ShownAs,
    StartsWith,
    ViewQuery,
)


def asked(**changes: Any) -> ViewQuery:
    """Return one question, made anew each time, with some of it changed."""
    filters = (ColumnFilter("name", OneOf(("a", True, None))),)
    shown_as = ShownAs("Asia/Kathmandu", {"n": ".1%"}, frozenset({"x"}))
    usual = {"orders": (Order("n"),), "filters": filters, "search": "zig", "shown_as": shown_as}
    return ViewQuery(**{**usual, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"orders": (Order("n", descending=True),)},
        {"orders": ()},
        {"filters": (ColumnFilter("name", OneOf(("a", True))),)},
        {"search": "Zig"},
        {"shown_as": ShownAs("Asia/Kathmandu", {"n": ".2%"}, frozenset({"x"}))},
        {"shown_as": DATABASES_WAY},
    ],
)
def test_another_question_is_another_one(changes: dict[str, Any]) -> None:
    assert asked() == asked()
    assert asked(**changes) != asked()


def test_tests_of_one_text_are_different_ones() -> None:
    tests = [Contains("1"), StartsWith("1"), OneOf(("1",)), Between("1"), Between(None, "1")]
    assert len({*tests, IsNull(), IsNull(negated=True)}) == 7


def test_who_asks_for_nothing_gets_all_rows_as_the_database_has_them() -> None:
    plain = ViewQuery()
    assert (plain.orders, plain.filters, plain.search) == ((), (), "")
    assert plain.shown_as == ShownAs("UTC", {}, frozenset())


def test_a_question_cannot_be_changed_while_rows_are_looked_up_for_it() -> None:
    with pytest.raises(FrozenInstanceError):
        asked().search = "another"  # type: ignore[misc]
