"""As whom a table is read, and what that means; asks nobody for a row."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from rtwidget.abc import SourceRequest
from rtwidget.doctor.checks.access_checks import duration, judge_bearer, role_words
from rtwidget.doctor.finding import Finding, ok, skipped, warning
from rtwidget.doctor.report import as_html, as_text
from rtwidget.sources.supabase.credentials.bearer import Bearer, bearer_of
from rtwidget.sources.supabase.credentials.identity import claims_of
from rtwidget.sources.supabase.request import SupabaseRequest
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper

_MOVED = warning(
    "agreement",
    "The token names somebody else now; the rows and the stream are still those of the one before, until it is asked again.",
    "`t.pause()` and `t.resume()` ask at once; else it is asked before each new connection, about every ten minutes.",
)


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """As whom a table is read.

    Args:
        table: The table.
        role: The database role; None when only the server knows.
        claims: The names of the token's claims; values are never kept.
        service_key: Whether the key is a service or secret key.
        bypasses_row_security: Whether row-level security does not bind the reads; None when only the server knows.
        agrees: Whether the notifications come for the same reader as the rows; None when that is not known.
        findings: The same in sentences.
    """

    table: str
    role: str | None
    claims: tuple[str, ...]
    service_key: bool
    bypasses_row_security: bool | None
    agrees: bool | None
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return as_text(f"{self.table}: who reads it", self.findings)

    def _repr_html_(self) -> str:
        return as_html(f"{self.table}: who reads it", self.findings)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a table has seen so far.

    Args:
        rows: How many rows it shows; None when it never had all of them.
        is_live: Whether notifications flow.
        unannounced: How often rows were found to have changed although nothing had announced it.
        agreed_ago_s: How long ago a probe saw what notifications had led to, in seconds; None when none has yet.
    """

    rows: int | None
    is_live: bool
    unannounced: int
    agreed_ago_s: float | None = None


async def find_access(
    request: SourceRequest, seen: Seen, wall: Callable[[], float] = time.time
) -> Access | None:
    """Return as whom a request reads, or None for a source that has no readers to tell apart (any loop).

    Args:
        request: What to read, and as whom.
        seen: What the table itself has seen.
        wall: This machine's clock, in Unix seconds.

    Raises:
        SourceError: When no token is to be had, or the database refuses the login.
    """
    if isinstance(request, SupabaseRequest):
        return await _of_supabase(request, seen, wall)
    try:
        from rtwidget.doctor.postgres.access import access_of_postgres  # noqa: PLC0415  (an extra)
    except ImportError:
        return None
    return await access_of_postgres(request, seen)


async def _of_supabase(request: SupabaseRequest, seen: Seen, wall: Callable[[], float]) -> Access:
    credentials = request.credentials
    keeper = TokenKeeper(credentials.key, credentials.fetch)
    token = await keeper.current(ask=True)
    secret = token.secret
    bearer, key = bearer_of(secret), bearer_of(credentials.key)
    socket_key = credentials.endpoint.socket_key
    # Only a JWT travels with the join; else the stream is whoever the websocket's key names.
    same = claims_of(secret) is not None or socket_key in (None, credentials.key)
    stream = _judge_stream(seen) if same else _other_key(bearer)
    if request.reader not in (None, token.identity):
        stream = _MOVED
    return Access(
        request.title,
        bearer.role,
        bearer.claims,
        key.is_service or bearer.is_service,
        None if bearer.role is None else bearer.is_service,
        None if stream.verdict == "skipped" else stream.verdict == "ok",
        (
            judge_bearer(bearer, key, wall(), renews=keeper.renews),
            _claims(bearer),
            judge_seen(seen),
            stream,
        ),
    )


def judge_seen(seen: Seen) -> Finding:
    """Return whether rows are visible (any thread)."""
    if seen.rows is None:
        return skipped("rows", "They have not been read whole yet.")
    if seen.rows:
        return ok("rows", f"{seen.rows:,} row{' is' if seen.rows == 1 else 's are'} visible.")
    said = "No row is visible. Either there is none, or a filter or row-level security hides all of them."
    return warning("rows", said, "`t.doctor()` looks which it is.")


def _judge_stream(seen: Seen) -> Finding:
    return judge_agreement(seen, "The stream is joined as the same user as the rows are read.")


def judge_agreement(seen: Seen, how: str) -> Finding:
    """Return whether the stream announces what reads see (any thread).

    Args:
        seen: What the table has seen.
        how: Why both are the same reader, in a sentence.
    """
    if not seen.is_live:
        return skipped("agreement", "No notifications flow now, so there is nothing to compare.")
    if seen.unannounced:
        times = "once" if seen.unannounced == 1 else f"{seen.unannounced} times"
        said = f"{how} But {times} rows had changed that nothing announced."
        return warning(
            "agreement",
            said,
            "It happens after faults of the server. If it goes on, `t.doctor(dsn=...)` looks whether a policy hides rows from the stream.",
        )
    if seen.agreed_ago_s is None:
        return ok("agreement", f"{how} No probe has compared them yet.")
    ago = duration(max(0.0, seen.agreed_ago_s))
    return ok("agreement", f"{how} {ago} ago a probe saw what it had announced, and nothing else.")


def _other_key(bearer: Bearer) -> Finding:
    said = f"Reads are made as {role_words(bearer)}; the stream uses the other key that `realtime_url=` holds."
    return warning("agreement", said, "Leave `apikey` out of `realtime_url=`.")


def _claims(bearer: Bearer) -> Finding:
    if not bearer.claims:
        return skipped("claims", "An opaque key has none that can be seen here.")
    return ok("claims", f"{', '.join(bearer.claims)}.")
