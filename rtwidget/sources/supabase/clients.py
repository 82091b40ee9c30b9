"""HTTP clients: which proxies they ask, and whose certificates they trust."""

from __future__ import annotations

import httpx

from rtwidget.sources.supabase.endpoint import Endpoint


def http_client(endpoint: Endpoint, timeout_s: float) -> httpx.AsyncClient:
    """Return a client that reaches this machine without any proxy (any loop).

    Args:
        endpoint: Where it is to go.
        timeout_s: The longest wait for one step of a request, in seconds.

    Raises:
        OSError: When the certificates that the environment names cannot be read.
    """
    if not endpoint.is_local:
        return httpx.AsyncClient(timeout=timeout_s)
    # Without the environment's proxies httpx forgets `SSL_CERT_FILE` too, so it is asked by itself.
    verify = httpx.create_ssl_context() if endpoint.url.startswith("https://") else True
    return httpx.AsyncClient(trust_env=False, verify=verify, timeout=timeout_s)
