"""What a key and a token say before anybody is asked. Pure."""

from __future__ import annotations

from rtwidget.doctor.finding import Finding, ok, problem, warning
from rtwidget.sources.supabase.credentials.bearer import Bearer

SOON_S = 120.0
"""A token that ends so soon and cannot be renewed will end while somebody looks."""
# Some tokens are made to last for ever, and say so with an absurd number.
_LONGEST_S = 100 * 365 * 86_400.0

_FRESH = "Give a fresh token by `access_token=` (a function is asked again), or sign in again."
_SERVICE = (
    "Use the publishable (anon) key and `access_token=`; a service key belongs on servers, and has to be "
    "replaced in the project's settings once it was in a notebook that others can read."
)


def check_bearer(bearer: Bearer, key: Bearer, now: float, *, renews: bool) -> Finding:
    """Return what a token means for who reads with it (any thread).

    Args:
        bearer: Whom the token names.
        key: Whom the project's key names; it is the token while nobody is signed in.
        now: The time by the server's clock, in Unix seconds.
        renews: Whether asking again can bring another token.
    """
    who = f"It is read with {bearer.kind}, as {role_words(bearer)}."
    # By the server's clock, which is the one that refuses.
    left_s = None if bearer.expires_at is None else bearer.expires_at - now
    if left_s is not None and left_s <= 0:
        said = f"{bearer.kind[0].upper()}{bearer.kind[1:]} ended {duration(abs(left_s))} ago."
        return problem("credentials", said, _FRESH)
    if left_s is not None:
        who += f" It ends in {duration(left_s)}."
    doubt = _lacking(bearer) or _too_powerful(bearer, key)
    if doubt is not None:
        return warning("credentials", f"{who} {doubt[0]}", doubt[1])
    # Where a function or a client renews it, an early end is no news.
    if left_s is not None and left_s < SOON_S and not renews:
        return warning("credentials", f"{who} Nothing renews it.", _FRESH)
    return ok("credentials", who)


def _lacking(bearer: Bearer) -> tuple[str, str] | None:
    """Return which claim is missing that Realtime demands of a token, and what to do."""
    # An opaque key has no claims of its own; the gateway puts a token in its place.
    if not bearer.claims:
        return None
    if bearer.role is None:
        said = "It names no role, which Realtime demands."
        return said, "Put the claim `role`, such as `authenticated`, into the token."
    if bearer.expires_at is None:
        return "It has no end, which Realtime demands.", "Put the claim `exp` into the token."
    return None


def _too_powerful(bearer: Bearer, key: Bearer) -> tuple[str, str] | None:
    if bearer.is_service:
        return "It bypasses row-level security.", _SERVICE
    if key.is_service:
        return f"The key beside it is {key.kind}, which bypasses row-level security.", _SERVICE
    return None


def role_words(bearer: Bearer) -> str:
    """Return the role for people (any thread)."""
    return (
        "whichever role the server gives it" if bearer.role is None else f"the role {bearer.role}"
    )


def duration(seconds: float) -> str:
    """Return a time as people say it, in the greatest unit of which it holds two (any thread)."""
    if seconds > _LONGEST_S:
        return "over 100 years"
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
