"""JSON Web Tokens: making them, and refusing them in the words of the two servers."""

from __future__ import annotations

import math
import time
from enum import Enum
from typing import Any

import jwt

ALGORITHM = "HS256"
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
        age_s: Whole seconds since it expired, for `TokenFault.EXPIRED`.
    """

    def __init__(self, fault: TokenFault, age_s: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
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
    claims["exp"] = math.ceil(now + ttl_s)
    if subject is not None:
        claims["sub"] = subject
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def read_token(
    token: str, secret: str, leeway_s: float = 0.0, valid_from: float = 0.0
) -> dict[str, Any]:
    """Return the claims of a valid token.

    Args:
        token: The encoded token.
        secret: Key of the signature.
        leeway_s: Seconds for which an expired token is still good.
        valid_from: One issued before this moment, in Unix seconds, has expired.

    Raises:
        TokenError: It is none, is signed by somebody else, has expired or has no `exp`.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            options={
                "verify_exp": False,
                "verify_aud": False,
                "verify_iat": False,
                "verify_sub": False,
            },
        )
    except jwt.InvalidSignatureError:
        raise TokenError(TokenFault.SIGNATURE) from None
    except jwt.InvalidTokenError:
        raise TokenError(TokenFault.MALFORMED) from None
    expires = claims.get("exp")
    if not isinstance(expires, int):
        raise TokenError(TokenFault.CLAIMS)
    age_s = time.time() - expires
    if age_s >= leeway_s:
        raise TokenError(TokenFault.EXPIRED, max(0, int(age_s)))
    if claims.get("iat", valid_from) < valid_from:
        raise TokenError(TokenFault.EXPIRED, int(time.time() - valid_from))
    return claims
