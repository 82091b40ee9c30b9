"""Whom a token names: one person's tokens are one identity."""

from __future__ import annotations

import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from tests.unit.sources.supabase.tokens.jwt import jwt


def test_renewal_keeps_the_identity_and_another_user_changes_it() -> None:
    one = token_of(Secret(jwt(sub="a", role="r", exp=1, iat=2, nbf=3, jti="x", session_id="s")))
    same = token_of(Secret(jwt(role="r", sub="a", exp=9, iat=8)))
    other = token_of(Secret(jwt(sub="b", role="r", exp=9)))
    assert one.identity == same.identity != other.identity
    assert (one.expires_at, same.expires_at) == (1.0, 9.0)


@pytest.mark.parametrize("text", ["sb_secret_x", "a.b.c", "..", "a.W10.c", "a.\x80.c", "a.eyJ9.c"])
def test_what_is_no_jwt_is_its_own_identity(text: str) -> None:
    token = token_of(Secret(text))
    assert (token.identity, token.expires_at) == (Secret(text).digest, None)
    assert not token.is_jwt
