"""What it means when no connection can be made, by the words that servers and libraries say of it."""

from __future__ import annotations

import re

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError, UnreachableError
from rtwidget.sources.postgres.errors import AGAIN, FULL, shown

_UNPROVEN = (
    "Name the file with the certificate of its authority, as in `?sslmode=verify-full&sslrootcert=authority.crt` at the end of "
    "`source=` (a Supabase project's is in its database settings), or pass `insecure=True` where the network is your own."
)

# What servers and libraries say of a login that fails; in another language it passes as a server that does not answer.
_LOGINS: tuple[tuple[str, type[SourceError], str, ErrorKind | None], ...] = (
    (
        r"authentication failed|no password supplied|role .* (does not exist|is not permitted)",
        AuthenticationError,
        "Check user and password in `source=`, or `PGUSER`, `PGPASSWORD` and `~/.pgpass`.",
        None,
    ),
    (
        r"no pg_hba.conf entry",
        AuthenticationError,
        "Allow this role and address in `pg_hba.conf`, or connect in another way.",
        None,
    ),
    (r"database .* does not exist", SourceError, "Check `source=`.", ErrorKind.NEEDS_USER),
    (
        r"does not support SSL",
        SourceError,
        "Use a server with TLS, or pass `insecure=True` where the network is your own.",
        ErrorKind.NEEDS_USER,
    ),
    (
        r"does not match host name",
        SourceError,
        "Write the name that the certificate holds as the host in `source=`; `hostaddr=` beside it may say where that is.",
        ErrorKind.NEEDS_USER,
    ),
    (r"certificate", SourceError, _UNPROVEN, ErrorKind.NEEDS_USER),
    (
        r"permission denied|(invalid value for|unrecognized configuration) parameter",
        SourceError,
        "Check the database, and `options=` in `source=`.",
        ErrorKind.NEEDS_USER,
    ),
    (r"connection slots|too many (clients|connections)", SourceError, FULL, None),
    (r"the database system is|recovery mode", UnreachableError, AGAIN, None),
)


def login_error(error: Exception, host: str) -> SourceError:
    """Return the typed error of a connection that could not be made (any thread).

    Args:
        error: What psycopg raised; it holds the password, so it must not be chained or kept.
        host: Host and port, for people.
    """
    answer = str(error).partition("FATAL:")[2]
    message = shown(" ".join((answer or str(error)).split()))
    for words, kind_of_error, hint, kind in _LOGINS:
        if re.search(words, message):
            return kind_of_error(f"{host} refused the connection: {message}.", hint, kind=kind)
    if answer:
        return SourceError(f"{host} refused the connection: {message}.", AGAIN)
    return UnreachableError(
        f"No answer from {host}: {message}.",
        "Check host and port in `source=`, and that the server runs and can be reached from here.",
    )
