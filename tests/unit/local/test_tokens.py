"""Tokens that Realtime takes, tokens that PostgREST takes, and why others are refused."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest

from rtwidget.local.tokens import TokenError, TokenFault, make_token, read_rest_token, read_token

SECRET = "a secret of at least thirty-two bytes"


def signed(**claims: Any) -> str:
    return jwt.encode(claims, SECRET, algorithm="HS256")


def test_a_made_token_is_read_by_both_servers() -> None:
    token = make_token(SECRET, "authenticated", "user-1", 60)
    for claims in (read_token(token, SECRET), read_rest_token(token, SECRET, 0)):
        assert (claims["role"], claims["sub"]) == ("authenticated", "user-1")
    assert "sub" not in read_token(make_token(SECRET, "anon", None, 60), SECRET)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("no token", TokenFault.MALFORMED),
        (make_token("another secret of thirty-two bytes", "anon", None, 60), TokenFault.SIGNATURE),
        (make_token(SECRET, "anon", None, -60), TokenFault.EXPIRED),
        (signed(role="anon"), TokenFault.CLAIMS),
        (signed(exp=2e9), TokenFault.CLAIMS),
        (signed(role="anon", exp=True), TokenFault.CLAIMS),
    ],
)
def test_what_realtime_refuses(token: str, fault: TokenFault) -> None:
    with pytest.raises(TokenError) as refusal:
        read_token(token, SECRET)
    assert refusal.value.fault is fault
    assert token not in str(refusal.value)


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ({"exp": "soon"}, "The JWT 'exp' claim must be a number"),
        ({"aud": 5}, "The JWT 'aud' claim must be a string or an array of strings"),
        ({"nbf": 4e9}, "JWT not yet valid"),
        ({"iat": 4e9}, "JWT issued at future"),
    ],
)
def test_what_postgrest_says_of_claims(claims: dict[str, Any], text: str) -> None:
    with pytest.raises(TokenError) as refusal:
        read_rest_token(signed(**claims), SECRET, 30)
    assert (refusal.value.fault, refusal.value.text) == (TokenFault.CLAIMS, text)


def test_postgrest_forgives_clocks_that_differ_and_realtime_does_not() -> None:
    token = signed(role="anon", exp=time.time() - 5)
    assert read_rest_token(token, SECRET, 300)["role"] == "anon"
    with pytest.raises(TokenError) as refusal:
        read_token(token, SECRET)
    assert refusal.value.age_s >= 5


def test_a_token_issued_before_a_moment_has_expired() -> None:
    issued = time.time() - 100
    token = signed(role="anon", exp=4e9, iat=issued)
    assert read_token(token, SECRET, valid_from=issued)
    with pytest.raises(TokenError) as refusal:
        read_token(token, SECRET, valid_from=issued + 1)
    assert refusal.value.fault is TokenFault.EXPIRED
