"""The names that a table and its listeners agree on without a word: the channel, the function, the triggers."""

from __future__ import annotations

import hashlib
import re

NAME_BYTES = 63
"""The longest identifier of Postgres."""
TRIGGERS = ("rtwidget_delete", "rtwidget_insert", "rtwidget_truncate", "rtwidget_update")
"""The triggers that together announce every change, in the order of their names."""

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")


def channel_of(schema: str, table: str) -> str:
    """Return the channel on which a table's changes are announced (any thread)."""
    return _bounded("rtwidget:", f"{_quoted(schema)}.{_quoted(table)}", schema, table)


def function_of(schema: str, table: str) -> str:
    """Return the name of a table's trigger function, which stands in the table's schema (any thread)."""
    return _bounded("rtwidget_notify_", table, schema, table)


def _bounded(prefix: str, readable: str, schema: str, table: str) -> str:
    name = prefix + readable
    if len(name.encode()) <= NAME_BYTES:
        return name
    digest = hashlib.sha256(f"{_quoted(schema)}.{_quoted(table)}".encode()).hexdigest()
    return prefix + digest[:40]


def _quoted(name: str) -> str:
    """Quote a name that is not plain, so that `a.b` and `c` differ from `a` and `b.c`."""
    doubled = name.replace('"', '""')
    return name if _PLAIN.fullmatch(name) else f'"{doubled}"'
