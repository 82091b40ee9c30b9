"""The headers `Accept` and `Prefer`, as PostgREST reads them."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.media import negotiate
from rtwidget.local.rest.preferences import parse_preferences
from rtwidget.local.rest.rest_errors import RestError


@pytest.mark.parametrize(
    ("header", "mime"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/csv, application/json", "text/csv"),
        ("application/json;q=0.1, TEXT/CSV", "text/csv"),
        ("application/vnd.pgrst.object+json", "application/vnd.pgrst.object+json"),
        (
            "Application/Vnd.PgRst.Object+json; nulls=stripped",
            "application/vnd.pgrst.object+json;nulls=stripped",
        ),
        (
            'application/vnd.pgrst.array+json;nulls="stripped"',
            "application/vnd.pgrst.array+json;nulls=stripped",
        ),
        ("application/vnd.pgrst.array+json", "application/json"),
        ("application/geo+json", "application/geo+json"),
    ],
)
def test_the_first_accepted_type_that_is_served(header: str | None, mime: str) -> None:
    assert negotiate(header).mime == mime


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("image/png", "image/png"),
        ("text/plain, application/octet-stream", "text/plain, application/octet-stream"),
        (
            'application/vnd.pgrst.plan+json; for="application/json"; options=analyze|buffers',
            'application/vnd.pgrst.plan+json; for="application/json"; options=analyze|buffers',
        ),
        ("application/vnd.pgrst.plan", 'application/vnd.pgrst.plan+text; for="application/json"'),
    ],
)
def test_what_is_not_served_is_refused_by_name(header: str, named: str) -> None:
    with pytest.raises(RestError) as refusal:
        negotiate(header)
    assert (refusal.value.status, refusal.value.body["code"]) == (406, "PGRST107")
    assert refusal.value.body["message"] == f"None of these media types are available: {named}"


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
