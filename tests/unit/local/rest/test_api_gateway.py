"""Whose claims a REST request acts with, and who refuses it."""

from __future__ import annotations

import json

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from rtwidget.local.rest.api_gateway import claims_of
from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.tokens import make_token

SECRET = "a secret of at least thirty-two bytes"
KEY = make_token(SECRET, "anon", None, 600)
USER = make_token(SECRET, "authenticated", "ada", 600)
STRANGER = make_token("another secret of thirty-two bytes", "anon", None, 600)
NO_ROLE = jwt.encode({"sub": "ada"}, SECRET, algorithm="HS256")


def role(headers: dict[str, str], query: str = "", valid_from: float = 0.0) -> object:
    request = make_mocked_request("GET", f"/rest/v1/t{query}", headers)
    return claims_of(request, SECRET, 30, valid_from)["role"]


@pytest.mark.parametrize(
    ("headers", "query", "expected"),
    [
        ({"apikey": KEY}, "", "anon"),
        ({}, f"?apikey={KEY}", "anon"),
        ({"apikey": KEY, "Authorization": f"Bearer {USER}"}, "", "authenticated"),
        ({"apikey": KEY, "Authorization": f"bearer  {USER} "}, "", "authenticated"),
        ({"apikey": KEY, "Authorization": "Basic YTpi"}, "", "anon"),
        ({"apikey": KEY, "Authorization": f"Bearer {NO_ROLE}"}, "", "anon"),
    ],
)
def test_the_bearer_token_wins_over_the_key(
    headers: dict[str, str], query: str, expected: str
) -> None:
    assert role(headers, query) == expected


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "No API key found in request"),
        ({"Authorization": f"Bearer {USER}"}, "No API key found in request"),
        ({"apikey": "no key"}, "Invalid API key"),
        ({"apikey": STRANGER}, "Invalid API key"),
        ({"apikey": USER}, "Invalid API key"),
    ],
)
def test_the_gateway_takes_project_keys_only(headers: dict[str, str], message: str) -> None:
    with pytest.raises(web.HTTPUnauthorized) as refusal:
        role(headers)
    assert json.loads(refusal.value.text or "")["message"] == message


@pytest.mark.parametrize(
    ("token", "code", "message"),
    [
        ("", "PGRST301", "Empty JWT is sent in Authorization header"),
        ("a.b", "PGRST301", "Expected 3 parts in JWT; got 2"),
        ("a.b.c", "PGRST301", "JWT couldn't be decoded"),
        (STRANGER, "PGRST301", "No suitable key or wrong key type"),
        (make_token(SECRET, "anon", None, -600), "PGRST303", "JWT expired"),
        (
            jwt.encode({"nbf": 4e9}, SECRET, algorithm="HS256"),
            "PGRST303",
            "JWT not yet valid",
        ),
    ],
)
def test_postgrest_says_what_is_wrong_with_a_token(token: str, code: str, message: str) -> None:
    with pytest.raises(RestError) as refusal:
        role({"apikey": KEY, "Authorization": f"Bearer {token}"})
    error = refusal.value
    assert (error.status, error.body["code"], error.body["message"]) == (401, code, message)
    assert message in error.headers["WWW-Authenticate"]


def test_tokens_go_stale_and_the_key_does_not() -> None:
    assert role({"apikey": KEY}, valid_from=4e9) == "anon"
    with pytest.raises(RestError, match="JWT expired"):
        role({"apikey": KEY, "Authorization": f"Bearer {USER}"}, valid_from=4e9)
