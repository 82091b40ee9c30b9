"""Hints speak of arguments that were given, and of no others."""

from __future__ import annotations

import pytest

from rtwidget.sources.refused.hints import dotted_name, refusal_hints, says_too_large


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (set(), "the table's columns"),
        ({"columns"}, "names in `columns=`."),
        ({"columns", "filter"}, "names in `columns=` and `filter=`."),
        ({"columns", "filter", "version"}, "names in `columns=`, `filter=` and `version=`."),
        ({"source", "types"}, "the table's columns"),
    ],
)
def test_a_missing_name_is_looked_for_where_names_were_given(given: set[str], names: str) -> None:
    hint = refusal_hints(given)["names"]
    assert names in hint
    assert ("`filter=`" in hint) is ("filter" in given)


def test_a_filter_is_blamed_only_where_there_is_one() -> None:
    for what in ("values", "time"):
        assert "`filter=`" in refusal_hints({"filter"})[what]
        assert "`filter=`" not in refusal_hints({"columns"})[what]


def test_a_server_that_is_at_its_limit_is_known_by_its_words() -> None:
    assert says_too_large("invalid memory alloc request size 1073741824")
    assert says_too_large("query timeout")
    assert not says_too_large("canceling statement due to statement timeout")


def test_a_name_that_holds_its_schema_is_taken_apart() -> None:
    assert '`"items", schema="app"`' in dotted_name("public", "app.items")
    assert dotted_name("public", "items") == dotted_name("public", ".items") == ""
