"""Where the table is read, and by which clock. Pure."""

from __future__ import annotations

import re

from rtwidget.doctor.checks.access_checks import duration
from rtwidget.doctor.finding import Finding, ok, problem, refused, skipped, warning
from rtwidget.doctor.supabase.address_probe import AddressAnswer

SKEW_WARNS_S = 5.0
"""More than two servers of one provider and the cut of the header to seconds make together."""
SKEW_BREAKS_S = 30.0
"""PostgREST forgives so much; Realtime forgives nothing."""

_SERVER_ERRORS = 500
# From Supabase's guide on read replicas: their own addresses, and the load balancer's.
_REPLICA = re.compile(r"https://\w+-rr-[\w-]+\.supabase\.co(/|$)")
_BALANCER = re.compile(r"https://\w+-all\.supabase\.co(/|$)")
_PRIMARY = "Use the primary's URL, `https://<ref>.supabase.co`."


def check_address(url: str, host: str, answer: AddressAnswer, *, is_local: bool) -> Finding:
    """Return how a project's URL stands (any thread).

    Args:
        url: The project's URL.
        host: Host and port, for people.
        answer: What answered there.
        is_local: Whether it is this machine.
    """
    # What answers nothing needs no more words about TLS.
    found = _unanswered(host, answer) or _replica(url, host)
    if found is not None:
        return found
    took = f"{host} answers in {answer.took_s * 1000:.0f} ms"
    if url.startswith("https://"):
        return ok("address", f"{took}, over TLS.")
    if is_local:
        return ok("address", f"{took}; it is this machine, so nothing travels over a network.")
    return warning(
        "address", f"{took}, but keys and rows travel in the clear.", "Use `https://` in the URL."
    )


def _unanswered(host: str, answer: AddressAnswer) -> Finding | None:
    # In the words that the table itself would show.
    if answer.failure is not None:
        return refused("address", answer.failure)
    if answer.status is not None and answer.status >= _SERVER_ERRORS:
        return problem(
            "address",
            f"{host} answers with HTTP {answer.status}.",
            "Look at the project's status and logs.",
        )
    return None


def _replica(url: str, host: str) -> Finding | None:
    if _REPLICA.match(url):
        said = f"{host} is a read replica: reads may be older than the changes that are announced."
        return warning("address", said, _PRIMARY)
    if _BALANCER.match(url):
        said = f"{host} spreads reads over replicas: they may be older than the changes that are announced."
        return warning("address", said, _PRIMARY)
    return None


def check_clock(skew_s: float | None) -> Finding:
    """Return how this machine's clock stands to the server's (any thread).

    Args:
        skew_s: By how much it is ahead, in seconds; None when nobody told.
    """
    if skew_s is None:
        return skipped("clock", "The server told no time.")
    # Either way is wrong: ahead, tokens seem to have ended; behind, they are renewed too late.
    off_s = abs(skew_s)
    if off_s <= SKEW_WARNS_S:
        return ok("clock", "This machine and the server have the same time.")
    way = "ahead of" if skew_s > 0 else "behind"
    said = f"This machine's clock is {duration(off_s)} {way} the server's"
    mend = "Set this machine's clock, for example with `timedatectl set-ntp true`."
    if off_s <= SKEW_BREAKS_S:
        return warning("clock", f"{said}, so the lag that is shown is wrong.", mend)
    return problem("clock", f"{said}, so tokens are renewed too late or refused.", mend)
