"""What stands around an answer's rows. Pure."""

from __future__ import annotations

import httpx

from rtwidget.sources.secret import Secret


def without(body: bytes, *secrets: Secret) -> bytes:
    """Return a body without our secrets, should a gateway echo what it refused (any thread)."""
    for secret in secrets:
        body = body.replace(secret.reveal().encode(), b"***")
    return body


def total_of(response: httpx.Response) -> int | None:
    """Return how many rows the whole query has, or None when the server did not say (any thread)."""
    total = response.headers.get("content-range", "").rpartition("/")[2]
    return int(total) if total.isdecimal() else None
