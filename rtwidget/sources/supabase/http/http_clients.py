"""HTTP clients: which proxies they ask, whose certificates they trust, and what they must not remember."""

from __future__ import annotations

import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from rtwidget.sources.supabase.endpoint import Endpoint

_ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1)


def trusted_certificates(endpoint: Endpoint) -> ssl.SSLContext:
    """Return whose certificates a client of an endpoint trusts (any thread).

    Raises:
        OSError: When the certificates that the environment names cannot be read.
    """
    # Nothing on this machine that has no TLS is in need of them.
    needed = not endpoint.is_local or endpoint.url.startswith("https://")
    return httpx.create_ssl_context(trust_env=needed)


def http_client(
    endpoint: Endpoint, timeout_s: float, certificates: ssl.SSLContext
) -> httpx.AsyncClient:
    """Return a client of one connection, which reaches this machine without any proxy (any loop).

    It holds no secret and takes no cookie, so that readers who share it learn nothing of each other.

    Args:
        endpoint: Where it is to go.
        timeout_s: The longest wait for one step of a request, in seconds.
        certificates: Whose certificates it trusts.
    """
    return httpx.AsyncClient(
        trust_env=not endpoint.is_local,
        verify=certificates,
        timeout=timeout_s,
        limits=_ONE,
        # A gateway's cookie of one reader would be sent with the next one's request.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
    )
