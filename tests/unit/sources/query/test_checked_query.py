"""What is refused of a request before anything is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import ArgumentError
from rtwidget.sources.query.checked_query import MAX_TOP_ROWS, checked_query


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize(
    "argument", ["table", "schema", "columns", "primary_key", "version", "order_by"]
)
def test_names_that_no_database_holds_are_refused(text: str, argument: str) -> None:
    absent = dict.fromkeys(
        ("columns", "filter", "order_by", "limit", "primary_key", "types", "version")
    )
    asked: dict[str, Any] = {"table": "t", "schema": "public", **absent, argument: text}
    with pytest.raises(ArgumentError, match=argument):
        checked_query(**asked)


def test_a_table_alone_is_asked_for_as_it_is() -> None:
    assert checked_query("t") == TableQuery("public", "t")


def test_one_column_may_be_named_without_a_list() -> None:
    query = checked_query("t", columns="a", primary_key="id")
    assert (query.columns, query.key) == (("a",), ("id",))


def test_the_order_in_which_types_are_given_makes_no_other_query() -> None:
    one = checked_query("t", types={"b": "bigint", "a": "text[]"})
    assert one.types == (("a", "_text"), ("b", "int8"))
    assert one == checked_query("t", types={"a": "text[]", "b": "int8"})


@pytest.mark.parametrize("limit", [1, MAX_TOP_ROWS, np.int64(5)])
def test_a_limit_is_a_plain_whole_number_whoever_made_it(limit: int) -> None:
    assert checked_query("t", limit=limit).limit == limit
    assert type(checked_query("t", limit=limit).limit) is int


@pytest.mark.parametrize("limit", [0, -1, MAX_TOP_ROWS + 1, True, 1.0, "5", np.float64(5)])
def test_any_other_limit_is_refused_with_the_range(limit: Any) -> None:
    with pytest.raises(ArgumentError, match="limit is") as caught:
        checked_query("t", limit=limit)
    assert "from 1 to 10,000" in caught.value.hint


@pytest.mark.parametrize("argument", ["columns", "primary_key"])
@pytest.mark.parametrize(
    ("given", "said"),
    [([], "no column, or one twice"), (["a", "a"], "one twice"), (5, "type int"), ([5], "is 5")],
)
def test_lists_of_columns_name_each_once(argument: str, given: object, said: str) -> None:
    asked: dict[str, Any] = {argument: given}
    with pytest.raises(ArgumentError, match=f"{argument} .*{said}"):
        checked_query("t", **asked)


@pytest.mark.parametrize("name", ["", "  ", None, 7])
def test_a_table_has_a_name(name: Any) -> None:
    with pytest.raises(ArgumentError, match="table is"):
        checked_query(name)
