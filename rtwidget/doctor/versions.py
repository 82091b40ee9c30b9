"""Which versions are at work: what is installed here, and what the servers tell of themselves. Asks nobody."""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

import msgspec

from rtwidget.doctor.finding import Finding, ok

# Those whose versions maintainers ask for first.
_PACKAGES = (
    *("rtwidget", "pandas", "pyarrow", "httpx", "websockets", "psycopg", "supabase"),
    *("anywidget", "ipywidgets", "ipykernel", "jupyterlab", "notebook", "marimo"),
)
# As PostgREST names itself in `Server`, where no gateway puts its own name.
_POSTGREST = re.compile(r"\bpostgrest/(\d[\w.+-]*)", re.IGNORECASE)
_WORD = re.compile(r"[\w.+-]{1,40}")


class _Info(msgspec.Struct):
    version: str = ""


class _Description(msgspec.Struct):
    info: _Info = msgspec.field(default_factory=_Info)


def version_in_header(server: str) -> str | None:
    """Return PostgREST's version in a `Server` header, or None when something else answered (any thread)."""
    found = _POSTGREST.search(server)
    return None if found is None else found[1]


def version_in_description(body: bytes) -> str | None:
    """Return PostgREST's version in its own description, or None when that does not tell (any thread)."""
    try:
        told = msgspec.json.decode(body, type=_Description).info.version.split(" ")[0]
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None  # empty where it is closed, and gateways put pages of their own here
    # Shown to people, so nothing longer or stranger than a version.
    return told if _WORD.fullmatch(told) else None


def supabase_servers(postgrest: str | None, postgres: str | None) -> list[str]:
    """Return what is known of a project's servers, in words (any thread).

    Args:
        postgrest: PostgREST's version; None when it does not tell.
        postgres: PostgreSQL's version; None when nobody asked.
    """
    named = [f"PostgREST {postgrest}" if postgrest else "PostgREST (it does not tell)"]
    # No message of its protocol holds one.
    named.append("Realtime (it never tells)")
    return [*named, f"PostgreSQL {postgres}"] if postgres else named


def check_versions(servers: Sequence[str]) -> Finding:
    """Return the versions of the servers and of what is installed here (any thread)."""
    named = [f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue  # an extra that is not installed
    there = f"There: {', '.join(servers)}. " if servers else ""
    return ok("versions", f"{there}Here: {', '.join(named)}.")
