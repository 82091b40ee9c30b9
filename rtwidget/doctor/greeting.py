"""The first word with a server, without any key: whether it answers, over TLS, and what time it has."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic

import httpx

from rtwidget.sources.quiet import unlogged
from rtwidget.sources.supabase.clients import http_client, trusted_certificates
from rtwidget.sources.supabase.endpoint import Endpoint

GREETING_S = 10.0
"""The longest wait for it, as long as a read waits for its connection."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a server said to a request without a key.

    Args:
        status: The HTTP status; None when nothing answered.
        took_s: How long it took, the connection included, in seconds.
        skew_s: By how much this machine's clock is ahead of the server's, in seconds; None when it told no time.
        trouble: Why nothing answered, in words without an address.
        is_tls: Whether that was the encryption.
        server: What it calls itself; empty when it does not say.
    """

    status: int | None
    took_s: float
    skew_s: float | None = None
    trouble: str = ""
    is_tls: bool = False
    server: str = ""


async def greet(endpoint: Endpoint, wall: Callable[[], float]) -> Greeting:
    """Return what the REST API says to somebody without a key (any loop).

    Args:
        endpoint: The project's addresses.
        wall: This machine's clock, in Unix seconds.
    """
    began = monotonic()
    try:
        with unlogged("httpx"):
            certificates = trusted_certificates(endpoint)
            async with http_client(endpoint, GREETING_S, certificates) as client:
                # No body, which might have no end.
                response = await client.head(endpoint.rest)
    except httpx.TimeoutException:
        return Greeting(None, monotonic() - began, trouble="it took too long")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        is_tls = _is_tls(error)
        said = "its certificate or its encryption was refused" if is_tls else type(error).__name__
        return Greeting(None, monotonic() - began, trouble=said, is_tls=is_tls)
    took_s = monotonic() - began
    # The server told its time about half-way.
    skew_s = _skew_s(response, wall() - took_s / 2)
    named = response.headers.get("server", "")
    return Greeting(response.status_code, took_s, skew_s, server=named)


def _skew_s(response: httpx.Response, now: float) -> float | None:
    try:
        told = parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return None
    # The header is cut to whole seconds.
    return now - (told + 0.5)


def _is_tls(error: BaseException) -> bool:
    one: BaseException | None = error
    while one is not None:
        if isinstance(one, ssl.SSLError):
            return True
        one = one.__cause__ or one.__context__
    return False
