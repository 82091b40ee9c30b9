"""Which table in which schema a request names."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from rtwidget.local.rest.request_address import has_profile, path_parts, raw_path, schema_of
from rtwidget.local.rest.rest_errors import RestError


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/rest/v1/", [""]),
        ("/rest/v1/items?id=eq.1", ["items"]),
        ("/rest/v1/a%2Fb%20c", ["a/b c"]),
        ("/rest/v1/rpc/add", ["rpc", "add"]),
    ],
)
def test_a_path_is_cut_before_it_is_decoded(path: str, parts: list[str]) -> None:
    assert path_parts(make_mocked_request("GET", path)) == parts


def test_the_raw_path_stays_as_it_was_sent() -> None:
    assert raw_path(make_mocked_request("GET", "/rest/v1/a%2Fb")) == "a%2Fb"


@pytest.mark.parametrize(
    ("method", "header", "schema", "is_chosen"),
    [
        ("GET", {}, "public", False),
        ("GET", {"Accept-Profile": "private"}, "private", True),
        ("GET", {"Content-Profile": "private"}, "public", False),
        ("PATCH", {"Content-Profile": "private"}, "private", True),
        ("PATCH", {"Accept-Profile": "private"}, "public", False),
    ],
)
def test_the_profile_header_depends_on_the_method(
    method: str,
    header: dict[str, str],
    schema: str,
    is_chosen: bool,  # noqa: FBT001
) -> None:
    request = make_mocked_request(method, "/rest/v1/t", header)
    assert schema_of(request, ("public", "private")) == schema
    assert has_profile(request) is is_chosen


def test_a_schema_that_is_not_exposed_is_refused_with_those_that_are() -> None:
    request = make_mocked_request("GET", "/rest/v1/t", {"Accept-Profile": "auth"})
    with pytest.raises(RestError) as refusal:
        schema_of(request, ("public", "private"))
    assert (refusal.value.status, refusal.value.body["code"]) == (406, "PGRST106")
    assert str(refusal.value.body["hint"]).endswith("public, private")
