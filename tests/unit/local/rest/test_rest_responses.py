"""The headers of answers, refusals and preflights."""

from __future__ import annotations

import json

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.rest.rest_responses import (
    allow_any_origin,
    content_location,
    error_response,
    is_preflight,
    preflight_response,
    rest_response,
)


def test_headers_without_a_value_are_left_out() -> None:
    response = rest_response(200, "[]", {"A": "1", "B": None}, "application/json")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert (response.headers["A"], "B" in response.headers) == ("1", False)
    assert response.headers["Vary"] == "Accept, Prefer, Range"
    assert rest_response(204, None, {}).body is None


def test_a_refusal_names_its_code_in_a_header() -> None:
    error = RestError(401, "PGRST301", "no", headers={"WWW-Authenticate": "Bearer realm"})
    response = error_response(error, {"Retry-After": "2"})
    assert response.headers["Proxy-Status"] == "PostgREST; error=PGRST301"
    assert response.headers["WWW-Authenticate"] == "Bearer realm"
    assert response.headers["Retry-After"] == "2"
    assert json.loads(response.text or "")["message"] == "no"
    plain = error_response(RestError(401, "42501", "no"), {})
    assert plain.headers["WWW-Authenticate"] == "Bearer"


def test_the_location_has_its_parameters_in_order() -> None:
    pairs = [("select", "id,a b"), ("id", "eq.1"), ("id", "gt.0")]
    assert content_location("t", pairs) == "/t?id=eq.1&id=gt.0&select=id%2Ca+b"
    assert content_location("t", []) == "/t"


def test_a_preflight_is_allowed_what_it_asks_for() -> None:
    asked = {
        "Origin": "http://a",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "apikey, x-mine",
    }
    request = make_mocked_request("OPTIONS", "/rest/v1/t", asked)
    assert is_preflight(request)
    assert not is_preflight(make_mocked_request("OPTIONS", "/rest/v1/t", {"Origin": "http://a"}))
    assert not is_preflight(make_mocked_request("GET", "/rest/v1/t", asked))
    allowed = preflight_response(request).headers["Access-Control-Allow-Headers"]
    assert allowed.startswith("Authorization, apikey, x-mine, Accept")


def test_only_answers_to_pages_name_an_origin() -> None:
    page = make_mocked_request("GET", "/rest/v1/t", {"Origin": "http://a"})
    assert allow_any_origin(page, web.Response()).headers["Access-Control-Allow-Origin"] == "*"
    program = make_mocked_request("GET", "/rest/v1/t")
    assert "Access-Control-Allow-Origin" not in allow_any_origin(program, web.Response()).headers
