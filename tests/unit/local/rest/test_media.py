"""The header `Accept`, as PostgREST reads it."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.media import negotiate
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
