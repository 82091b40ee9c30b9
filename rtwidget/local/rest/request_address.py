"""Which table in which schema a request names: its path, and the profile headers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from aiohttp import web

from rtwidget.local.rest.rest_errors import RestError

PREFIX = "/rest/v1/"
WRITE_METHODS = ("PATCH", "POST", "PUT", "DELETE")


def raw_path(request: web.Request) -> str:
    """Return the path below the prefix as it was sent."""
    return request.rel_url.raw_path.removeprefix(PREFIX)


def path_parts(request: web.Request) -> list[str]:
    """Return the parts of the path below the prefix."""
    # Cut before it is decoded, because a table's name may hold an encoded slash.
    return [unquote(part) for part in raw_path(request).split("/")]


def schema_of(request: web.Request, exposed: Sequence[str]) -> str:
    """Return the schema that a request is about.

    Args:
        request: With a profile header, or not.
        exposed: The schemas that there are; the first is the default.

    Raises:
        RestError: PGRST106, it names another.
    """
    schema = request.headers.get(_profile(request), exposed[0])
    if schema not in exposed:
        raise RestError(
            406,
            "PGRST106",
            f"Invalid schema: {schema}",
            hint=f"Only the following schemas are exposed: {', '.join(exposed)}",
        )
    return schema


def has_profile(request: web.Request) -> bool:
    """Tell whether a request chose its schema itself."""
    return _profile(request) in request.headers


def _profile(request: web.Request) -> str:
    """Name the header that chooses the schema: of what is sent, or of what is wanted."""
    return "Content-Profile" if request.method in WRITE_METHODS else "Accept-Profile"
