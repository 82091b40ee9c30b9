"""The first word with a server, without any key: whether it answers, over TLS, and what time it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic

import httpx

from rtwidget.errors import SourceError
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.gateway.certificates import connection_error, unreachable
from rtwidget.sources.supabase.gateway.gateway_statuses import gateway_error
from rtwidget.sources.supabase.http.http_clients import http_client, trusted_certificates

PROBE_S = 10.0
"""The longest wait for it, as long as a read waits for its connection."""


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """What a server said to a request without a key.

    Args:
        status: The HTTP status; None when nothing answered.
        took_s: How long it took, the connection included, in seconds.
        skew_s: By how much this machine's clock is ahead of the server's, in seconds; None when it told no time.
        failure: Why nothing answered, or why what answered is not the project, in the table's own words.
        server: What it calls itself; empty when it does not say.
    """

    status: int | None
    took_s: float
    skew_s: float | None = None
    failure: SourceError | None = None
    server: str = ""


async def probe_address(endpoint: Endpoint, wall: Callable[[], float]) -> AddressAnswer:
    """Return what the REST API says to somebody without a key (any loop).

    Args:
        endpoint: The project's addresses.
        wall: This machine's clock, in Unix seconds.
    """
    began = monotonic()
    try:
        with unlogged("httpx"):
            certificates = trusted_certificates(endpoint)
            async with http_client(endpoint, PROBE_S, certificates) as client:
                # No body, which might have no end.
                response = await client.head(endpoint.rest)
    except httpx.TimeoutException:
        failure: SourceError = unreachable(endpoint.host, "it took too long")
        return AddressAnswer(None, monotonic() - began, failure=failure)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        failure = connection_error(endpoint.host, error)
        return AddressAnswer(None, monotonic() - began, failure=failure)
    took_s = monotonic() - began
    # The server told its time about half-way.
    skew_s = _skew_s(response, wall() - took_s / 2)
    named = response.headers.get("server", "")
    status, refused = (
        response.status_code,
        gateway_error(response.status_code, response.headers, b""),
    )
    return AddressAnswer(status, took_s, skew_s, refused, named)


def _skew_s(response: httpx.Response, now: float) -> float | None:
    try:
        told = parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return None
    # The header is cut to whole seconds.
    return now - (told + 0.5)
