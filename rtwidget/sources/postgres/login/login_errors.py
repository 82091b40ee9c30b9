"""From what psycopg raised for a connection that could not be made to what a user is told of it."""

from __future__ import annotations

import re

from rtwidget.errors import SourceError, UnreachableError
from rtwidget.sources.postgres.errors import shown
from rtwidget.sources.postgres.login.login_kinds import AGAIN, refused
from rtwidget.sources.postgres.login.login_refusals import refusal_of

# psycopg's and libpq's words of where a connection went, before those of what happened there.
_WHERE = re.compile(
    r"^(- host: .*?: )?(connection (failed|is bad): )?(connection to server .*? failed: )?"
)
# libpq writes two spaces behind a severity, in whatever language the server speaks.
_SEVERITY = re.compile(r"^[^:]{2,30}:  ")
_DETAILS = re.compile(r"^(DETAIL|HINT):  ")
_GENERAL = ("Multiple connection attempts failed", "\t")
_DIRECT = re.compile(r"db\.([a-z0-9]+)\.supabase\.(co|com|red|green)(:|$)")
_UNREACHABLE = (
    "Check host and port in `source=`, and that the server runs and can be reached from here."
)


def login_error(error: Exception, host: str) -> SourceError:
    """Return the typed error of a connection that could not be made (any thread).

    Args:
        error: What psycopg raised; it holds the password, so it must not be chained or kept.
        host: Host and port, for people.
    """
    lines = [
        _WHERE.sub("", line)
        for line in str(error).splitlines()
        if line.strip() and not line.startswith(_GENERAL)
    ]
    # Of several hosts and addresses one may have answered: then its answer counts, and not that others were silent.
    answers = [line for line in lines if _SEVERITY.match(line)]
    # Every address of a name says the same.
    said = list(dict.fromkeys(_plain(line) for line in answers or lines))
    message = shown("; ".join(said))
    for one in said:
        refusal = refusal_of(one)
        if refusal is not None:
            return refused(refusal, host, message)
    if answers:
        return SourceError(f"{host} refused the connection: {message}.", AGAIN)
    # Nobody answered, so what is left are libpq's words of the network.
    return UnreachableError(f"No answer from {host}: {message}.", _reaching(host))


def _plain(line: str) -> str:
    bare = line if _DETAILS.match(line) else _SEVERITY.sub("", line)
    return " ".join(bare.split()).rstrip(".")


def _reaching(host: str) -> str:
    direct = _DIRECT.match(host)
    if direct is None:
        return _UNREACHABLE
    return (
        "This address of a Supabase project is IPv6 only, which most networks do not have: take the session pooler's from the "
        f"dashboard (Connect), `postgresql://postgres.{direct[1]}@aws-0-<region>.pooler.supabase.com:5432/postgres`, for "
        "`source=`. A project that is paused has no address; restore it there."
    )
