"""JSON Web Tokens: making them, and refusing them in the words of the two servers."""

from __future__ import annotations

import math
import time
from enum import Enum
from typing import Any

import jwt

ALGORITHM = "HS256"
# Those of shared secrets; a backend without a key server knows no others.
_ALGORITHMS = ("HS256", "HS384", "HS512")
TEN_YEARS_S = 10 * 365 * 24 * 3600


class TokenFault(Enum):
    """Why a token was refused."""

    MALFORMED = "malformed"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    CLAIMS = "claims"


class TokenError(Exception):
    """A token was refused.

    Args:
        fault: The reason.
        text: What PostgREST says of claims that it does not take.
        age_s: Whole seconds since it expired, for `TokenFault.EXPIRED`.
    """

    def __init__(
        self, fault: TokenFault, text: str = "JWT claims are not valid", *, age_s: int = 0
    ) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.text = text
        self.age_s = age_s


def make_token(secret: str, role: str, subject: str | None, ttl_s: float) -> str:
    """Make a signed token.

    Args:
        secret: Key of the signature.
        role: Database role.
        subject: User id, what `auth.uid()` returns; None leaves the claim out.
        ttl_s: Seconds until it expires; a negative number makes an expired one.
    """
    now = time.time()
    claims: dict[str, Any] = {"role": role, "iss": "rtwidget-local", "iat": round(now, 6)}
    # Whole seconds, as other issuers write them; rounded up, so that it lives as long as was asked for.
    claims["exp"] = math.ceil(now + ttl_s)
    if subject is not None:
        claims["sub"] = subject
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def read_token(token: str, secret: str, valid_from: float = 0.0) -> dict[str, Any]:
    """Return the claims of a token that Realtime takes; a clock that is off is not forgiven.

    Args:
        token: The encoded token.
        secret: Key of the signature.
        valid_from: One issued before this moment, in Unix seconds, has expired.

    Raises:
        TokenError: It is none, is signed by somebody else, has expired, or lacks `exp` or `role`.
    """
    claims = _decode(token, secret)
    _check_expiry(claims, 0.0, valid_from)
    if "exp" not in claims or "role" not in claims:
        raise TokenError(TokenFault.CLAIMS)
    # Channels end by it, at a whole second.
    return {**claims, "exp": round(claims["exp"])}


def read_rest_token(
    token: str, secret: str, leeway_s: float, valid_from: float = 0.0
) -> dict[str, Any]:
    """Return the claims of a token that PostgREST takes, which needs neither `exp` nor `role`.

    Args:
        token: The encoded token.
        secret: Key of the signature.
        leeway_s: Seconds by which the clocks may differ.
        valid_from: One issued before this moment, in Unix seconds, has expired.

    Raises:
        TokenError: It is none, is signed by somebody else, has expired or is not valid yet.
    """
    claims = _decode(token, secret)
    # PostgREST looks at the types first, then at the moments in this order.
    for name in ("exp", "nbf", "iat"):
        if name in claims and not _is_number(claims[name]):
            raise TokenError(TokenFault.CLAIMS, f"The JWT '{name}' claim must be a number")
    audience = claims.get("aud", [])
    listed = audience if isinstance(audience, list) else [audience]
    if audience is not None and not all(isinstance(one, str) for one in listed):
        text = "The JWT 'aud' claim must be a string or an array of strings"
        raise TokenError(TokenFault.CLAIMS, text)
    _check_expiry(claims, leeway_s, valid_from)
    latest = time.time() + leeway_s
    if claims.get("nbf", latest) > latest:
        raise TokenError(TokenFault.CLAIMS, "JWT not yet valid")
    if claims.get("iat", latest) > latest:
        raise TokenError(TokenFault.CLAIMS, "JWT issued at future")
    return claims


def _decode(token: str, secret: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=list(_ALGORITHMS),
            options={
                # The two servers check moments and audience differently, so the library checks none of them.
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "verify_aud": False,
                "verify_sub": False,
            },
        )
    except jwt.InvalidSignatureError:
        raise TokenError(TokenFault.SIGNATURE) from None
    except jwt.InvalidTokenError:
        raise TokenError(TokenFault.MALFORMED) from None
    return claims


def _check_expiry(claims: dict[str, Any], leeway_s: float, valid_from: float) -> None:
    now = time.time()
    expires, issued = claims.get("exp", math.inf), claims.get("iat", valid_from)
    if not _is_number(expires) or not _is_number(issued):
        raise TokenError(TokenFault.CLAIMS)
    if now - expires >= leeway_s:
        raise TokenError(TokenFault.EXPIRED, age_s=max(0, int(now - expires)))
    if issued < valid_from:
        raise TokenError(TokenFault.EXPIRED, age_s=int(now - valid_from))


def _is_number(value: object) -> bool:
    # In Python true and false are numbers, in JSON they are not.
    return isinstance(value, (int, float)) and not isinstance(value, bool)
