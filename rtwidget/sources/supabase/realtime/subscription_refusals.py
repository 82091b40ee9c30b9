"""What Realtime's refusals of a subscription mean: the replies to a join, and system messages.

From reference sections 1.6 and 9. What is not known is transient and shown as it came.
"""

from __future__ import annotations

from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    ErrorKind,
    NotificationsUnavailableError,
    NotPublishedError,
    PermissionDeniedError,
    SourceError,
)
from rtwidget.sources.sql_names import relation

_SHOWN_CHARACTERS = 300

_TOKEN_HINT = "Give a fresh token by `access_token=` (a callable is asked again), or sign in again."  # noqa: S105
# Words and not codes: Realtime's refusals are texts, whose spelling differs between its versions.
_TOKEN_WORDS = (
    "InvalidJWTToken",
    "MalformedJWT",
    "JwtSign",
    "Token has expired",
    "token provided is not a valid JWT",
    "signature_error",
    "JWT signature",
    "are required in JWT",
    "JWT signer",
)
_FULL_WORDS = ("RateLimitReached", "Too many", "too_many", "DatabaseLackOfConn", "IncreaseConn")
_FULL_S = 30.0
_NEVER_WORDS = (
    "Unauthorized",
    "PrivateOnly",
    "RlsPolicyError",
    "do not have permission",
    "no longer have permission",
)
_DISABLED_WORDS = ("RealtimeDisabledForTenant", "TenantNotFound")
_PARAMETERS = "Unable to subscribe to changes with given parameters"
_OUR_MISTAKES = ("Error parsing", "Column selection is not", "No subscription params")


def join_error(reason: str) -> SourceError:
    """Return the error of a refused join, from the reply's reason (any thread)."""
    return _by_words(reason) or ConnectionLostError(
        f"Realtime refused the subscription: {_shown(reason)}.",
        "It is tried again after a pause.",
        code=reason.partition(":")[0][:_SHOWN_CHARACTERS],
    )


def system_error(message: str, schema: str, table: str) -> SourceError:
    """Return the error of a system message with the status `error` (any thread).

    A plain `ConnectionLostError` may be mended by the server itself within a minute.
    """
    # Realtime has this one sentence for three faults; what follows it tells them apart.
    if message.startswith(_PARAMETERS):
        return _parameter_error(message, schema, table)
    if message.startswith(_OUR_MISTAKES):
        return NotificationsUnavailableError(
            f"Realtime did not understand the subscription: {_shown(message)}.",
            "The server may be too old for this package; update it.",
        )
    # What is not known may pass: a table that waits recovers, and one that gave up does not.
    return _by_words(message) or ConnectionLostError(
        f"Realtime reported a fault: {_shown(message)}.", "It is tried again after a pause."
    )


def _parameter_error(message: str, schema: str, table: str) -> SourceError:
    if "42501" in message or "insufficient_privilege" in message:
        return NotificationsUnavailableError(
            f"The role may not subscribe to {schema}.{table}.",
            "Grant it `select` on the table's key columns.",
            code="42501",
        )
    if "An exception happened" in message:
        return NotificationsUnavailableError(
            f"Realtime cannot subscribe to {schema}.{table}: {_shown(message.rpartition('Exception: ')[2])}.",
            "Check the role, the key columns and the grants.",
        )
    return NotPublishedError(
        f"Changes of {schema}.{table} are not announced: it is in no Realtime publication.",
        f"Run `alter publication supabase_realtime add table {relation(schema, table)};`. "
        "A view can be in no publication: it is polled, and the tables below it can be watched by their own names.",
    )


def _by_words(text: str) -> SourceError | None:
    if any(word in text for word in _TOKEN_WORDS):
        return AuthenticationError(
            f"Realtime refused the token: {_shown(text)}.", _TOKEN_HINT, code=_code_of(text)
        )
    if any(word in text for word in _FULL_WORDS):
        return ConnectionLostError(
            f"Realtime is at a limit: {_shown(text)}.",
            "Close notebooks that you do not need, or raise the project's limits.",
            retry_after_s=_FULL_S,
            code=_code_of(text),
        )
    if any(word in text for word in _NEVER_WORDS):
        return PermissionDeniedError(
            f"Realtime does not let this role in: {_shown(text)}.",
            "Allow public channels in the project's Realtime settings.",
            code=_code_of(text),
        )
    if any(word in text for word in _DISABLED_WORDS):
        return NotificationsUnavailableError(
            f"Realtime is off for this project: {_shown(text)}.",
            "Switch it on in the project's settings.",
            code=_code_of(text),
            kind=ErrorKind.NEEDS_USER,
        )
    return None


def _code_of(text: str) -> str | None:
    code, colon, _ = text.partition(": ")
    return code if colon and code.isidentifier() else None


def _shown(text: str) -> str:
    return text[:_SHOWN_CHARACTERS].rstrip(".")
