"""What HTTP statuses mean that come from what stands before an API, and not from the API itself. Pure.

From Supabase's guide "HTTP status codes" and Cloudflare's list of 5xx errors; used by reads, by Realtime's handshake and by
the doctor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from rtwidget.errors import ErrorKind, SourceError, UnreachableError
from rtwidget.sources.supabase.gateway.refusal_body import Said, said_in

PAUSED = 540
"""Supabase's own status of a paused project."""

_USER = ErrorKind.NEEDS_USER
_AGAIN = "It is tried again; see the project's state in its dashboard."
_PROXY = (
    "Put user and password into `HTTPS_PROXY` (`HTTP_PROXY` without TLS), as in "
    "`http://user:password@proxy.example:8080`, or name the host in `NO_PROXY`; then open the table again."
)
_LOGIN = (
    "Where a network wants a login first, open the URL in a browser; else check the URL, as in "
    "`https://<ref>.supabase.co`. It is tried again."
)


class _Meaning(NamedTuple):
    message: str
    """What happened; `who` and `place` are filled in, and what was said follows."""
    hint: str
    kind: ErrorKind | None = None
    error: type[SourceError] = UnreachableError


_MOVED = _Meaning(
    "{who} is not at this URL any more: it leads to {place}",
    "Set the URL to where it leads, with `SUPABASE_URL` (or `url=`); then open the table again.",
    _USER,
)
_ELSEWHERE = _Meaning("The URL of {who} leads to {place} instead of an answer", _LOGIN)
# Hosted projects stand behind Cloudflare, whose own statuses say which side of it is at fault.
_CLOUDFLARE = {
    520: "got an answer from the project that it did not understand",
    521: "was turned away by the project's server",
    522: "could not connect to the project's server in time",
    523: "does not find the project's server",
    524: "waited too long for the project's answer",
    525: "could not agree on encryption with the project's server",
    526: "does not trust the certificate of the project's server",
    527: "lost the project's server on the way",
    530: "does not know where the project's server is",
}
_MEANINGS: dict[int, _Meaning] = {
    301: _MOVED,
    308: _MOVED,
    402: _Meaning(
        "The project is restricted, because of its usage or a bill",
        "Settle it in the organization's billing settings in the dashboard of Supabase; then `t.refresh()`.",
        _USER,
        SourceError,
    ),
    407: _Meaning("The proxy before {who} wants a login", _PROXY, _USER),
    408: _Meaning("The request took too long to arrive", "It is tried again."),
    502: _Meaning("The gateway got no answer from {who}", _AGAIN),
    503: _Meaning("{who} is not available", _AGAIN),
    504: _Meaning("The gateway waited too long for {who}", _AGAIN),
    PAUSED: _Meaning(
        "The project is paused",
        "Restore it in the dashboard of Supabase; then `t.refresh()`.",
        _USER,
    ),
    544: _Meaning(
        "The project's gateway waited too long for {who}",
        "It is tried again; ask for fewer `columns=`, or add an index for the key.",
    ),
    **{
        status: _Meaning(f"Cloudflare, which stands before the project, {what}", _AGAIN)
        for status, what in _CLOUDFLARE.items()
    },
}
_PAGE = _Meaning("A page for browsers came instead of an answer of {who}", _LOGIN)
_GOOD, _REDIRECTS, _SERVER_ERRORS = range(200, 300), range(300, 400), range(501, 600)


def gateway_error(
    status: int, headers: Mapping[str, str], body: bytes, *, who: str = "the REST API"
) -> SourceError | None:
    """Return the error that a status means wherever it comes from, or None when only the API's own words tell.

    Args:
        status: The HTTP status.
        headers: The answer's headers, by names of any case.
        body: Its body; it may be anything.
        who: Who was asked, for people.
    """
    meaning, said = _MEANINGS.get(status), said_in(body)
    # 302 and its like are a network's login page; 301 and 308 say that the project moved.
    if meaning is None and status in _REDIRECTS:
        meaning = _ELSEWHERE
    if meaning is None and status in _GOOD and said.is_page:
        meaning = _PAGE
    if meaning is None and status in _SERVER_ERRORS:
        meaning = _Meaning("{who} does not answer", _AGAIN)
    if meaning is None:
        return None
    message = meaning.message.format(who=who, place=place_of(headers.get("location")))
    message = f"{message[0].upper()}{message[1:]} ({with_status(status, said)})."
    return meaning.error(
        message, _hint(said, meaning.hint), code=said.code or str(status), kind=meaning.kind
    )


def place_of(location: str | None) -> str:
    """Return where a redirect leads, as far as it holds no secret: scheme and host (any thread)."""
    try:
        parts = urlsplit(location or "")
        host = parts.hostname or ""
    except ValueError:
        return "an address that is none"
    if not host:
        return "another path" if location else "nowhere"
    # Path and query may hold a key, or a session of a login page.
    return f"{parts.scheme}://{host}" if parts.scheme else host


def no_rows_error(body: bytes) -> UnreachableError:
    """Return the error of a body that came with a good status and is no list of rows (any thread).

    Args:
        body: The body, without secrets of ours.
    """
    said = said_in(body)
    words = f': "{said.message}"' if said.message else ""
    what = "An HTML page" if said.is_page else "Something that is no list of rows"
    return UnreachableError(f"{what} came instead of an answer of the REST API{words}.", _LOGIN)


def with_status(status: int, said: Said) -> str:
    """Return a status with the words that came with it (any thread)."""
    words = said.message.removeprefix(str(status)).lstrip(": ")
    return f"HTTP {status}: {words}" if words else f"HTTP {status}"


def _hint(said: Said, hint: str) -> str:
    return f"{said.hint}. {hint}" if said.hint else hint
