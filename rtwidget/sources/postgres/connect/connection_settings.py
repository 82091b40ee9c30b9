"""What a connection string leaves out and libpq adds: from a service file, then from the environment; no secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_ENVIRONMENT: Mapping[str, str] = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "service": "PGSERVICE",
    "servicefile": "PGSERVICEFILE",
}


def completed(given: Mapping[str, str]) -> dict[str, str]:
    """Return settings with those that libpq adds, as far as they say where the server is and who proves it (any thread).

    Args:
        given: What the connection string says.
    """
    around = {name: os.environ[key] for name, key in _ENVIRONMENT.items() if os.environ.get(key)}
    said = {name: value for name, value in given.items() if value}
    # libpq's own order: what is written counts most, then the service, then the environment.
    return {**around, **_service({**around, **said}), **said}


def _service(found: Mapping[str, str]) -> dict[str, str]:
    """Return what the first service file that knows the service says of it."""
    name = found.get("service")
    own = found.get("servicefile") or str(Path("~/.pg_service.conf").expanduser())
    common = Path(os.environ.get("PGSYSCONFDIR", "/etc/postgresql-common"), "pg_service.conf")
    for file in (Path(own), common) if name else ():
        settings = _section(file, f"[{name}]")
        if settings is not None:
            return settings
    return {}


def _section(file: Path, head: str) -> dict[str, str] | None:
    try:
        lines = [line.strip() for line in file.read_text(errors="replace").splitlines()]
    except OSError:
        return None
    if head not in lines:
        return None
    settings: dict[str, str] = {}
    for line in lines[lines.index(head) + 1 :]:
        if line.startswith("["):
            break
        setting, _, value = line.partition("=")
        # The file may hold a password, which stays there.
        if setting in _ENVIRONMENT:
            settings.setdefault(setting, value)
    return settings
