"""Where a Postgres answers and as whom: a connection string, checked once and shown to nobody."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from rtwidget.errors import CredentialsError
from rtwidget.sources.loopback import is_loopback
from rtwidget.sources.secret import Secret

_EXAMPLE = "A right one is `postgresql://user@host:5432/database`."
_SECRETS = frozenset(
    {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
)
_IN_THE_CLEAR = frozenset({"disable", "allow", "prefer"})
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
    """

    dsn: Secret
    host: str
    server: Hashable
    identity: str


def checked_address(source: object, *, insecure: bool) -> Address:
    """Return the address in a connection string; what it leaves out comes from `PGHOST` and its like (any thread).

    Args:
        source: A `Secret` that holds a URL or libpq's `name=value` pairs.
        insecure: Whether rows may travel in the clear from another machine.

    Raises:
        CredentialsError: When it cannot be read, or would let rows travel in the clear.
    """
    if not isinstance(source, Secret):
        raise CredentialsError(f"source is a {type(source).__name__}, not a text.", _EXAMPLE)
    parsed = _parsed(source)
    if parsed is None:
        # Raised here, and without the parser's words: both hold the password.
        raise CredentialsError("source is no PostgreSQL connection string.", _EXAMPLE)
    shown, secrets = parsed
    host = shown.get("host") or shown.get("hostaddr") or os.environ.get("PGHOST", "")
    port = shown.get("port") or os.environ.get("PGPORT", "5432")
    extra = _transport(shown, host, insecure=insecure)
    user = shown.get("user") or os.environ.get("PGUSER", "")
    database = shown.get("dbname") or os.environ.get("PGDATABASE", user)
    whole = repr((sorted(shown.items()), secrets.digest, host, port, user, database))
    return Address(
        _joined(shown, secrets, extra),
        f"{host or 'the local socket'}:{port}",
        ("postgres", host, port, database),
        hashlib.sha256(whole.encode()).hexdigest(),
    )


def _parsed(source: Secret) -> tuple[dict[str, str], Secret] | None:
    """Return the parts that may be seen, and a connection string of those that may not."""
    if not source.reveal().strip():
        return {}, Secret("")
    try:
        parts = {
            name: str(value)
            for name, value in conninfo_to_dict(source.reveal()).items()
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


def _transport(shown: Mapping[str, str], host: str, *, insecure: bool) -> dict[str, str]:
    """Return what makes the connection safe on its way, where nothing else says it."""
    mode = shown.get("sslmode") or os.environ.get("PGSSLMODE")
    named_elsewhere = "service" in shown or "PGSERVICE" in os.environ
    hosts = [one for one in host.split(",") if one and not one.startswith(("/", "@"))]
    if insecure or named_elsewhere or all(map(is_loopback, hosts)):
        return {}
    if mode in _IN_THE_CLEAR:
        raise CredentialsError(
            f"source would let rows travel from {host} in the clear (sslmode={mode}).",
            "Use `sslmode=verify-full` or `require`, or pass `insecure=True` where the network is your own.",
        )
    return {} if mode else {"sslmode": "require"}
