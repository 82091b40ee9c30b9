"""What it means when Realtime refuses a connection or ends it: statuses of the handshake, codes of the close.

From reference sections 1.1 and 9. What is not known is transient and shown as it came.
"""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    NotificationsUnavailableError,
    SourceError,
)
from rtwidget.sources.supabase.gateway.gateway_statuses import gateway_error, with_status
from rtwidget.sources.supabase.gateway.refusal_body import said_in

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 401, 403, 404, 429
_RESTARTED, _TOO_BIG = 1012, 1009
TOO_MANY_S = 5.0
"""The shortest pause after a 429, in seconds, also where the server names a shorter one or none."""


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
    # What Realtime itself answers comes first; any other status may be a gateway's.
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
    # Its words, but as the end of a stream: reads go another way, and may well work.
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
        error.retry_after_s = max(retry_after_s or 0.0, TOO_MANY_S)
    return error


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
