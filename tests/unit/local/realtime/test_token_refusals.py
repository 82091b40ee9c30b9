"""How a refused token is worded at the handshake, at a join and at a push."""

from __future__ import annotations

import pytest

from rtwidget.local.realtime import token_refusals
from rtwidget.local.tokens import TokenError, TokenFault


@pytest.mark.parametrize(
    ("problem", "handshake", "join", "push"),
    [
        (
            TokenError(TokenFault.MALFORMED),
            "The token provided is not a valid JWT",
            "MalformedJWT: The token provided is not a valid JWT",
            "The token provided is not a valid JWT",
        ),
        (
            TokenError(TokenFault.SIGNATURE),
            "Failed to validate JWT signature",
            "JwtSignatureError: Failed to validate JWT signature",
            ":signature_error",
        ),
        (
            TokenError(TokenFault.EXPIRED, age_s=7),
            "Token has expired",
            "InvalidJWTToken: Token has expired 7 seconds ago",
            "Token has expired 7 seconds ago",
        ),
        (
            TokenError(TokenFault.CLAIMS),
            "Fields `role` and `exp` are required in JWT",
            "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
            "Fields `role` and `exp` are required in JWT",
        ),
    ],
)
def test_words_depend_on_the_place(
    problem: TokenError, handshake: str, join: str, push: str
) -> None:
    assert token_refusals.at_handshake(problem) == handshake
    assert token_refusals.at_join(problem) == join
    assert token_refusals.at_push(problem) == push
