"""What a key or token says of its holder: role, names of claims, end. Signatures and values stay unread."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import claims_of, token_of

SERVICE_ROLE, ANONYMOUS_ROLE = "service_role", "anon"
_SECRET_KEYS, _PUBLISHABLE_KEYS = "sb_secret_", "sb_publishable_"
# A role is shown, and stands in SQL that people copy; nothing longer is one.
_NAME_CHARACTERS = 63


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever a key or token names.

    Args:
        kind: What it is, in words.
        role: The database role; None when it does not say, so that the gateway or PostgREST decides.
        claims: The names of its claims, in order; empty for an opaque key.
        is_user: Whether it names a person.
        expires_at: When it ends, in Unix seconds; None when it does not say.
    """

    kind: str
    role: str | None
    claims: tuple[str, ...] = ()
    is_user: bool = False
    expires_at: float | None = None

    @property
    def is_service(self) -> bool:
        """Whether row-level security does not bind it."""
        return self.role == SERVICE_ROLE


def bearer_of(secret: Secret) -> Bearer:
    """Return whom a key or token names (any thread)."""
    claims = claims_of(secret)
    if claims is None:
        return _opaque(secret)
    # Anybody can write a token, so nothing in it is taken for more than a claim.
    given = claims.get("role")
    role = given if isinstance(given, str) and 0 < len(given) <= _NAME_CHARACTERS else None
    is_user = claims.get("sub") is not None
    if is_user:
        kind = "a user's token"
    elif role == SERVICE_ROLE:
        kind = "a service key"
    else:
        kind = "an anonymous key" if role == ANONYMOUS_ROLE else "a token without a user"
    return Bearer(kind, role, tuple(sorted(claims)), is_user, token_of(secret).expires_at)


def is_opaque_key(secret: Secret) -> bool:
    """Whether it is a key of the new kind, which is no token: gateways replace it where it is sent as `apikey` alone.

    From Supabase's guide "Understanding API keys", known limitations (any thread).
    """
    return secret.reveal().startswith((_SECRET_KEYS, _PUBLISHABLE_KEYS))


def _opaque(secret: Secret) -> Bearer:
    if secret.reveal().startswith(_SECRET_KEYS):
        return Bearer("a secret key", SERVICE_ROLE)
    if secret.reveal().startswith(_PUBLISHABLE_KEYS):
        return Bearer("a publishable key", ANONYMOUS_ROLE)
    return Bearer("an opaque key", None)
