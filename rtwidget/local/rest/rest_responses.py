"""Answers of the REST endpoint, with the headers that PostgREST gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rtwidget.local.rest.rest_errors import RestError

_EXPOSED = (
    "Content-Encoding, Content-Location, Content-Range, Content-Type, "
    "Date, Location, Server, Transfer-Encoding, Range-Unit"
)
# How long a browser may remember the answer to a preflight.
_A_DAY_S = 86400


def rest_response(
    status: int, text: str | None, headers: Mapping[str, str | None], mime: str | None = None
) -> web.Response:
    """Return an answer.

    Args:
        status: HTTP status.
        text: The body; None for none.
        headers: Those with None are left out.
        mime: The body's media type.
    """
    kept = {name: value for name, value in headers.items() if value is not None}
    if mime is not None:
        kept["Content-Type"] = f"{mime}; charset=utf-8"
    # A cache between must not give one client another's media type or range.
    kept.setdefault("Vary", "Accept, Prefer, Range")
    return web.Response(
        status=status, headers=kept, body=text.encode() if text is not None else None
    )


def error_response(error: RestError, more: Mapping[str, str]) -> web.Response:
    """Return an error's answer.

    Args:
        error: What went wrong.
        more: Further headers.
    """
    headers = {"Proxy-Status": f"PostgREST; error={error.body['code']}", **error.headers, **more}
    if error.status == 401:  # noqa: PLR2004
        headers.setdefault("WWW-Authenticate", "Bearer")
    return web.json_response(error.body, status=error.status, headers=headers)


def content_location(table: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Write the header of that name: the address with its parameters in order."""
    query = "&".join(
        f"{quote_plus(name)}={quote_plus(value)}"
        # By name alone: values of one name stay in the order of the URL.
        for name, value in sorted(pairs, key=lambda pair: pair[0])
    )
    return f"/{table}?{query}" if query else f"/{table}"


def is_preflight(request: web.Request) -> bool:
    """Tell whether a browser asks if it may ask; that needs no key."""
    asked = "Origin" in request.headers and "Access-Control-Request-Method" in request.headers
    return request.method == "OPTIONS" and asked


def preflight_response(request: web.Request) -> web.Response:
    """Return the answer that lets a browser ask everything (CORS)."""
    wanted = request.headers.get("Access-Control-Request-Headers", "")
    names = ["Authorization", *(name.strip() for name in wanted.split(",") if name.strip())]
    names += ["Accept", "Accept-Language", "Content-Language"]
    return web.Response(
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD",
            "Access-Control-Allow-Headers": ", ".join(names),
            "Access-Control-Max-Age": str(_A_DAY_S),
        }
    )


def allow_any_origin(request: web.Request, response: web.Response) -> web.Response:
    """Let a browser's page read the answer."""
    if "Origin" in request.headers:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response
