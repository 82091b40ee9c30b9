"""Requests that are too long for what stands before an API: gateways take a line of 8 KiB, PostgREST itself one of any length. Pure.

Kong and nginx answer 414 to a request line over 8 KiB (`large_client_header_buffers`), others 400, 431 or 494.
"""

from __future__ import annotations

from typing import Final

from rtwidget.abc import TableQuery
from rtwidget.errors import ErrorKind, SourceError
from rtwidget.sources.supabase.gateway.refusal_body import Said

USUAL_BYTES: Final = 8_000
"""What gateways take in the line of a request, but for its method, its host's path and their own headers."""
_DOUBTFUL_BYTES: Final = 4_000  # nobody refuses a shorter one for its length
_TOO_LONG, _PERHAPS = frozenset({414, 431, 494}), frozenset({400, 413})
_WAYS = {
    "filter": "Pass a shorter `filter=`: a view that joins a table of these values needs none, and over `source=` a filter "
    "may have any length.",
    "columns": "Name fewer columns in `columns=`, leave it out for all of them, or read a view that has just these.",
    "primary_key": "Name columns with shorter values by `primary_key=`.",
}


def too_long(status: int, said: Said, wanted: TableQuery, query: str) -> SourceError | None:
    """Return the error of a request that was refused for its length, which no other try makes shorter; None for others.

    Args:
        status: The HTTP status.
        said: What the answer says.
        wanted: What the user asked for.
        query: The encoded query string of the request.
    """
    refused = status in _TOO_LONG or (status in _PERHAPS and not said.is_json)
    if not refused or len(query) < _DOUBTFUL_BYTES:
        return None
    argument, length = _longest(wanted, query)
    return SourceError(
        f"The request is too long for the way to the API (HTTP {status}): {len(query):,} bytes, where gateways take about "
        f"{USUAL_BYTES:,}; `{argument}=` alone takes {length:,}.",
        _WAYS[argument],
        code=str(status),
        kind=ErrorKind.NEEDS_USER,
    )


def _longest(wanted: TableQuery, query: str) -> tuple[str, int]:
    """Return the argument that makes a query so long, and its part of it in bytes."""
    parts = query.split("&")
    selected = max((len(part) for part in parts if part.startswith("select=")), default=0)
    others = len(query) - selected
    if "columns" in wanted.given and ("filter" not in wanted.given or selected >= others):
        return "columns", selected
    filtered = 2 * sum(map(len, wanted.constants)) > others
    return ("filter" if filtered else "primary_key"), others
