"""Where a Postgres answers and as whom: a connection string, checked once and shown to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from rtwidget.errors import CredentialsError
from rtwidget.sources.postgres.connect.connection_settings import completed
from rtwidget.sources.postgres.connect.input_mistakes import (
    ENCODE,
    EXAMPLE,
    NO_STRING,
    bad_port,
    misread,
    unreadable,
)
from rtwidget.sources.postgres.connect.server_proof import PROVEN, demanded_proof, is_this_machine
from rtwidget.sources.secret import Secret

# Whatever lets somebody log in: these stand in no part that may be shown.
_SECRETS = frozenset(
    {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
)
_DEFAULTS: Mapping[str, str] = {
    "fallback_application_name": "rtwidget",
    "connect_timeout": "10",
    # A peer that is gone without a word is noticed by the kernel within about 30 s.
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A checked connection string.

    Args:
        dsn: The whole string, with the password.
        host: Host and port, for people.
        server: Host, port and database: what shares one budget of reads.
        identity: Equal for the same server, role, settings and password.
        is_local: Whether nothing travels over a network.
        is_proven: Whether the server has to prove who it is.
    """

    dsn: Secret
    host: str
    server: Hashable
    identity: str
    is_local: bool
    is_proven: bool


def checked_address(source: object, *, insecure: bool) -> Address:
    """Return the address in a connection string; what it leaves out comes from `PGHOST` and its like (any thread).

    Args:
        source: A `Secret` that holds a URL or libpq's `name=value` pairs.
        insecure: Whether rows may come from another machine that proves nothing, and in the clear.

    Raises:
        CredentialsError: When it cannot be read, or would let rows travel in the clear.
    """
    if not isinstance(source, Secret):
        raise CredentialsError(f"source is a {type(source).__name__}, not a text.", EXAMPLE)
    # Before it is parsed: libpq would look up what is left of a password as a host's name.
    wrong = misread(source)
    parsed = None if wrong else _parsed(source)
    if parsed is None:
        # Raised here, and without the parser's words: both hold the password.
        raise CredentialsError(*(wrong or (NO_STRING, unreadable(source))))
    shown, secrets = parsed
    settings = completed(shown)
    if bad_port(settings.get("port", "")):
        # What stands there may be a part of a password.
        raise CredentialsError(
            "The port in source is no whole number from 1 to 65535.",
            f"{EXAMPLE} {ENCODE}",
        )
    proof = demanded_proof(settings, insecure=insecure)
    host = settings.get("host") or settings.get("hostaddr", "")
    # libpq fills these in by itself; here they are for people, and for telling servers apart.
    port = settings.get("port", "5432")
    user = settings.get("user", "")
    database = settings.get("dbname", user)
    named = (host, port, user, database)
    # Everything that decides as whom one reads; the password by its hash alone.
    whole = repr((sorted(shown.items()), sorted(proof.items()), secrets.digest, *named))
    return Address(
        _joined(shown, secrets, proof),
        f"{host or 'the local socket'}:{port}",
        ("postgres", host, port, database),
        hashlib.sha256(whole.encode()).hexdigest(),
        is_local=is_this_machine(settings),
        is_proven={**settings, **proof}.get("sslmode") in PROVEN,
    )


def _parsed(source: Secret) -> tuple[dict[str, str], Secret] | None:
    """Return the parts that may be seen, and a connection string of those that may not."""
    if not source.reveal().strip():
        return {}, Secret("")
    try:
        parts = {
            name: str(value)
            for name, value in conninfo_to_dict(source.reveal().strip()).items()
            if value is not None
        }
    except (psycopg.Error, ValueError):
        return None
    hidden = {name: value for name, value in parts.items() if name in _SECRETS}
    shown = {name: value for name, value in parts.items() if name not in _SECRETS}
    return shown, Secret(make_conninfo(**hidden))


def _joined(shown: Mapping[str, str], secrets: Secret, extra: Mapping[str, str]) -> Secret:
    # Written, as the servers' texts are read: whatever the database's own habit.
    parts = {**_DEFAULTS, **shown, **extra, "client_encoding": "UTF8"}
    return Secret(make_conninfo(secrets.reveal(), **parts))
