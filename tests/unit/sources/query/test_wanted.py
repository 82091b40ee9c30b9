"""What is refused of a request before anything is asked."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.sources.query.checked_query import checked_query


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
