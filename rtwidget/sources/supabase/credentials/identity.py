"""Whom a token names and until when; signatures are the server's business and never checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

import msgspec

from rtwidget.sources.secret import Secret

# Every renewal changes these; they say nothing about whose rows are seen (design section 8).
_RENEWED_CLAIMS = frozenset({"iat", "exp", "nbf", "jti", "session_id"})
_LAST_S = 253_402_300_800  # the year 10,000, which no `datetime` reaches


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is used.

    Args:
        secret: Its text.
        identity: Equal for tokens of the same person and rights.
        expires_at: When it ends, in Unix seconds; None when it does not say.
    """

    secret: Secret
    identity: str
    expires_at: float | None

    @property
    def is_jwt(self) -> bool:
        """Whether Realtime can take it as an access token; opaque keys are translated by gateways."""
        return claims_of(self.secret) is not None


def token_of(secret: Secret) -> Token:
    """Return a token with what its claims say; an opaque key is its own identity (any thread)."""
    claims = claims_of(secret)
    if claims is None:
        return Token(secret, secret.digest, None)
    # All others count, also those of the user's own making: policies may read any of them.
    kept = {name: value for name, value in claims.items() if name not in _RENEWED_CLAIMS}
    identity = hashlib.sha256(msgspec.json.encode(kept, order="deterministic")).hexdigest()
    expires_at = claims.get("exp")
    return Token(secret, identity, _seconds(expires_at))


def claims_of(secret: Secret) -> dict[str, object] | None:
    """Return the claims of a JSON web token, or None for anything else (any thread)."""
    parts = secret.reveal().split(".")
    if len(parts) != 3:  # noqa: PLR2004  (header, claims and signature: RFC 7519)
        return None
    try:
        # JSON web tokens leave out the padding that Python demands (RFC 7515, section 2).
        body = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return msgspec.json.decode(body, type=dict[str, object])
    except (binascii.Error, ValueError, RecursionError):
        return None


def _seconds(claim: object) -> float | None:
    """Return a moment in Unix seconds, or None for what is none, or lies beyond every clock."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or abs(claim) > _LAST_S:
        return None
    return float(claim)
