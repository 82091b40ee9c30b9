"""As whom a Supabase table is read, by its key and token; asks nobody for a row."""

from __future__ import annotations

from collections.abc import Callable

from rtwidget.doctor.access_report import Access, Seen, check_agreement, check_seen
from rtwidget.doctor.checks.access_checks import check_bearer, role_words
from rtwidget.doctor.finding import Finding, ok, skipped, warning
from rtwidget.sources.supabase.credentials.bearer import Bearer, bearer_of
from rtwidget.sources.supabase.credentials.identity import claims_of
from rtwidget.sources.supabase.request import SupabaseRequest
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper

_MOVED = warning(
    "agreement",
    "The token names somebody else now; the rows and the stream are still those of the one before, until it is asked again.",
    "`t.pause()` and `t.resume()` ask at once; else it is asked before each new connection, about every ten minutes.",
)


async def access_of_supabase(
    request: SupabaseRequest, seen: Seen, wall: Callable[[], float]
) -> Access:
    """Return as whom a request reads (any loop).

    Args:
        request: What to read, and as whom.
        seen: What the table itself has seen.
        wall: This machine's clock, in Unix seconds.

    Raises:
        SourceError: When no token is to be had.
    """
    credentials = request.credentials
    # A keeper of its own, so that to look changes nothing for the table.
    keeper = TokenKeeper(credentials.key, credentials.fetch)
    token = await keeper.current(ask=True)
    secret = token.secret
    bearer, key = bearer_of(secret), bearer_of(credentials.key)
    socket_key = credentials.endpoint.socket_key
    # Only a JWT travels with the join; else the stream is whoever the websocket's key names.
    same = claims_of(secret) is not None or socket_key in (None, credentials.key)
    stream = _check_stream(seen) if same else _other_key(bearer)
    # Rows and stream go on as the reader that the table was opened for, until the feed asks again.
    if request.reader not in (None, token.identity):
        stream = _MOVED
    return Access(
        request.title,
        bearer.role,
        bearer.claims,
        key.is_service or bearer.is_service,
        # Of an opaque key only the gateway knows the role, and nothing is claimed that is not known.
        None if bearer.role is None else bearer.is_service,
        None if stream.verdict == "skipped" else stream.verdict == "ok",
        (
            check_bearer(bearer, key, wall(), renews=keeper.renews),
            _claims(bearer),
            check_seen(seen),
            stream,
        ),
    )


def _check_stream(seen: Seen) -> Finding:
    return check_agreement(seen, "The stream is joined as the same user as the rows are read.")


def _other_key(bearer: Bearer) -> Finding:
    said = f"Reads are made as {role_words(bearer)}; the stream uses the other key that `realtime_url=` holds."
    return warning("agreement", said, "Leave `apikey` out of `realtime_url=`.")


def _claims(bearer: Bearer) -> Finding:
    if not bearer.claims:
        return skipped("claims", "An opaque key has none that can be seen here.")
    return ok("claims", f"{', '.join(bearer.claims)}.")
