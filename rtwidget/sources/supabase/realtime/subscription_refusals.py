"""What Realtime's refusals mean: handshakes, join replies, system messages and closes.

From reference sections 1.1, 1.6 and 9. What is not known is transient and shown as it came.
"""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    ErrorKind,
    NotificationsUnavailableError,
    NotPublishedError,
    PermissionDeniedError,
    SourceError,
)
from rtwidget.sources.supabase.gateway.gateway_statuses import gateway_error, with_status
from rtwidget.sources.supabase.gateway.refusal_body import said_in

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 401, 403, 404, 429
_RESTARTED, _TOO_BIG = 1012, 1009
_SHOWN_CHARACTERS = 300

_TOKEN_HINT = "Give a fresh token by `access_token=` (a callable is asked again), or sign in again."  # noqa: S105
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


def handshake_error(
    status: int, retry_after_s: float | None, headers: Mapping[str, str], body: bytes
) -> SourceError:
    """Return the error of a refused websocket handshake (any thread).

    Args:
        status: The HTTP status, which alone says what kind of error it is.
        retry_after_s: What the server asked for, in seconds.
        headers: The answer's headers, by names of any case.
        body: Its body, without secrets of ours; gateways answer with bodies of their own, which are shown.
    """
    code, said = str(status), said_in(body)
    words = with_status(status, said)
    if status == _UNAUTHORIZED:
        return AuthenticationError(
            f"Realtime refused the key ({words}).",
            "Check SUPABASE_KEY (or `key=`) against the project's API settings.",
            code=code,
        )
    if status in {_FORBIDDEN, _NOT_FOUND}:
        return NotificationsUnavailableError(
            f"There is no Realtime for this project at this URL ({words}).",
            "Switch Realtime on in the project's settings, or pass `realtime_url=`.",
            code=code,
        )
    known = gateway_error(status, headers, body, who="Realtime")
    if known is not None:
        return ConnectionLostError(
            known.message, known.hint, retry_after_s=retry_after_s, code=code, kind=known.kind
        )
    error = ConnectionLostError(
        f"Realtime refused the connection ({words}).",
        "It is tried again after a pause.",
        retry_after_s=retry_after_s,
        code=code,
    )
    if status == _TOO_MANY:
        error.retry_after_s = max(retry_after_s or 0.0, 5.0)
    return error


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
    if message.startswith(_PARAMETERS):
        return _parameter_error(message, schema, table)
    if message.startswith(_OUR_MISTAKES):
        return NotificationsUnavailableError(
            f"Realtime did not understand the subscription: {_shown(message)}.",
            "The server may be too old for this package; update it.",
        )
    return _by_words(message) or ConnectionLostError(
        f"Realtime reported a fault: {_shown(message)}.", "It is tried again after a pause."
    )


def close_error(code: int | None) -> ConnectionLostError:
    """Return the error of a closed connection; None when it broke without a close (any thread)."""
    if code == _TOO_BIG:
        hint = "A message was over 16 MiB; changes of such rows are found by the next pass."
    elif code == _RESTARTED:
        hint = "The server restarts; it is tried again."
    else:
        hint = "It is tried again."
    named = "without a word" if code is None else f"with code {code}"
    return ConnectionLostError(
        f"The connection to Realtime ended {named}.", hint, code=None if code is None else str(code)
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
        f"Run `alter publication supabase_realtime add table {_name(schema)}.{_name(table)};`. "
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


def _name(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
