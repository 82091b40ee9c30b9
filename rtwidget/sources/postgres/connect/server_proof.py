"""Whether a server has to prove who it is: always when it is another machine, unless the user says otherwise."""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

import certifi

from rtwidget.errors import CredentialsError
from rtwidget.sources.connections.loopback import is_loopback

PROVEN = frozenset({"verify-full", "verify-ca"})
_IN_THE_CLEAR = frozenset({"disable", "allow", "prefer"})


def demanded_proof(settings: Mapping[str, str], *, insecure: bool) -> dict[str, str]:
    """Return the settings that make the server prove who it is, where it has to and nothing else says how (any thread).

    `verify-ca` stays, which trusts whatever an authority of the user's own signed; `require` alone would trust anybody.

    Args:
        settings: The connection's settings, complete.
        insecure: Whether rows may come from a machine that proves nothing, and in the clear.

    Raises:
        CredentialsError: When rows would travel in the clear.
    """
    if insecure or is_this_machine(settings):
        return {}
    mode = settings.get("sslmode")
    # `prefer` is libpq's own default; only where it was written down does it stand here.
    if mode in _IN_THE_CLEAR:
        host = settings.get("host") or settings.get("hostaddr") or "its host"
        raise CredentialsError(
            f"source would let rows travel from {host} in the clear (sslmode={mode}).",
            "Write `sslmode=verify-full`, or pass `insecure=True` where the network is your own.",
        )
    if mode == "verify-ca":
        return {}
    # `require` encrypts for whoever answers, which is no proof (libpq's documentation, "SSL Support").
    proof = {"sslmode": "verify-full"}
    return proof if _names_roots(settings) else {**proof, "sslrootcert": _trusted_roots()}


def is_this_machine(settings: Mapping[str, str]) -> bool:
    """Whether nothing of a connection travels over a network (any thread).

    Args:
        settings: The connection's settings, complete.
    """
    # An address is where a connection goes, whatever the name beside it says; a name is whom the user means.
    named = [one for kind in ("host", "hostaddr") for one in settings.get(kind, "").split(",")]
    return all(is_loopback(one) for one in named if one and not one.startswith(("/", "@"))) and (
        "service" not in settings or any(named)
    )


def _names_roots(settings: Mapping[str, str]) -> bool:
    """Whether somebody said whose signatures count; libpq looks for a file of that name by itself."""
    windows = os.environ.get("APPDATA") if sys.platform == "win32" else None
    folder = Path(windows, "postgresql") if windows else Path("~/.postgresql").expanduser()
    return "sslrootcert" in settings or (folder / "root.crt").is_file()


def _trusted_roots() -> str:
    """Return the file of authorities that this machine trusts, which `SSL_CERT_FILE` may name.

    Not `sslrootcert=system`: psycopg's wheels look for it where they were built.
    """
    return ssl.get_default_verify_paths().cafile or certifi.where()
