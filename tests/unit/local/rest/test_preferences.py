"""The header `Prefer`, as PostgREST reads it."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.preferences import parse_preferences
from rtwidget.local.rest.rest_errors import RestError


def test_preferences_in_any_number_of_headers() -> None:
    read = parse_preferences(
        ["return=representation , count=exact", "count=planned, what, tx=rollback"]
    )
    assert (read.count, read.unknown, read.is_strict) == ("exact", ("what",), False)
    read.check()
    assert read.applied(to_update=True) == "return=representation, count=exact"
    assert read.applied(to_update=False) == "count=exact"


def test_strict_handling_refuses_what_is_unknown() -> None:
    read = parse_preferences(["handling=strict, what, count=some, max-affected=3"])
    with pytest.raises(RestError) as refusal:
        read.check()
    assert (refusal.value.status, refusal.value.body["code"]) == (400, "PGRST122")
    assert refusal.value.body["details"] == "Invalid preferences: what, count=some"
    assert read.max_affected == 3


@pytest.mark.parametrize("headers", [["max-affected=3"], ["handling=lenient, max-affected=3"]])
def test_max_affected_counts_only_where_handling_is_strict(headers: list[str]) -> None:
    read = parse_preferences(headers)
    assert read.max_affected is None
    assert "max-affected" not in str(read.applied(to_update=True))
