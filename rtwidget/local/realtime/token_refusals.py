"""How the Realtime server words a refused token, at each of the three places. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtwidget.local.tokens import TokenFault

if TYPE_CHECKING:
    from rtwidget.local.tokens import TokenError

_TEXTS = {
    TokenFault.MALFORMED: "The token provided is not a valid JWT",
    TokenFault.SIGNATURE: "Failed to validate JWT signature",
    TokenFault.EXPIRED: "Token has expired",
    TokenFault.CLAIMS: "Fields `role` and `exp` are required in JWT",
}
_JOIN_CODES = {
    TokenFault.MALFORMED: "MalformedJWT",
    TokenFault.SIGNATURE: "JwtSignatureError",
    TokenFault.EXPIRED: "InvalidJWTToken",
    TokenFault.CLAIMS: "InvalidJWTToken",
}


def at_handshake(problem: TokenError) -> str:
    """Word it for the body of the refused handshake."""
    return _TEXTS[problem.fault]


def at_join(problem: TokenError) -> str:
    """Word it for the `reason` of the join's reply."""
    return f"{_JOIN_CODES[problem.fault]}: {_with_age(problem)}"


def at_push(problem: TokenError) -> str:
    """Word it for the `system` message after an `access_token` push."""
    # The real server prints the atom of its own error here.
    return ":signature_error" if problem.fault is TokenFault.SIGNATURE else _with_age(problem)


def expired(age_s: int) -> str:
    """Word the end of a token that was good until now."""
    return f"Token has expired {age_s} seconds ago"


def _with_age(problem: TokenError) -> str:
    if problem.fault is TokenFault.EXPIRED:
        return expired(problem.age_s)
    return _TEXTS[problem.fault]
