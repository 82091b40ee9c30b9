"""What stands around an answer's rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.errors import number_of


def without(body: bytes, *secrets: Secret) -> bytes:
    """Return a body without our secrets, should a gateway echo what it refused (any thread)."""
    for secret in secrets:
        body = body.replace(secret.reveal().encode(), b"***")
    return body


def total_of(headers: Mapping[str, str]) -> int | None:
    """Return how many rows the whole query has, or None when the server did not say (any thread)."""
    return number_of(headers.get("content-range", "").rpartition("/")[2])
