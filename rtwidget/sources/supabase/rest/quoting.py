"""How PostgREST wants names and values written, and how a URL wants them encoded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# As a filter's name these would be read as PostgREST's own parameters.
_RESERVED = frozenset({"select", "order", "limit", "offset", "columns", "on_conflict"})
_LOGIC = frozenset({"and", "or", "not"})

Pairs = list[tuple[str, str]]


def quoted(text: str) -> str:
    """Return a text between double quotes, as inside of `in.(...)` and `or=(...)` (any thread)."""
    # Backslashes first, else those that escape a quote would be doubled.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def column_name(name: str) -> str:
    """Return a column's name as PostgREST reads it, quoted unless it is plain (any thread)."""
    plain = _PLAIN_NAME.fullmatch(name) and name not in _RESERVED and name not in _LOGIC
    return name if plain else quoted(name)


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a query string with everything percent-encoded (any thread)."""
    # Spaces as `%20`: a `+` stays one in PostgREST's values.
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
