"""The names that a table and its listeners agree on without a word: the channel, the function, the triggers."""

from __future__ import annotations

import hashlib
import re

from rtwidget.sources.sql_names import quoted

NAME_BYTES = 63
"""The longest identifier of Postgres."""
EVENTS = ("delete", "insert", "truncate", "update")
"""What is announced, in the order of the names."""
TRIGGERS = tuple(f"rtwidget_{event}" for event in EVENTS)
"""The triggers that a table has on itself."""

# Part of what both sides agree on, so it never changes, whatever hints come to quote.
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")


def channel_of(schema: str, table: str) -> str:
    """Return the channel on which a table's changes are announced (any thread)."""
    return _bounded("rtwidget:", full_name(schema, table), schema, table)


def function_of(schema: str, table: str) -> str:
    """Return the name of a table's trigger function, which stands in the table's schema (any thread)."""
    return _bounded("rtwidget_notify_", table, schema, table)


def trigger_of(event: str, schema: str, table: str, on: tuple[str, str]) -> str:
    """Return the name of the trigger that announces an event for a table (any thread).

    A partition may be announced for itself and for its whole, so only a table's own triggers have the plain names.

    Args:
        event: One of `EVENTS`.
        schema: The schema of the table that is announced.
        table: Its name.
        on: Schema and name of what has the trigger.
    """
    if on == (schema, table):
        return f"rtwidget_{event}"
    return _bounded(f"rtwidget_{event}:", full_name(schema, table), schema, table)


def full_name(schema: str, table: str) -> str:
    """Return schema and table, quoted where that is needed, so that `a.b` and `c` differ from `a` and `b.c` (any thread)."""
    return f"{_quoted(schema)}.{_quoted(table)}"


def _bounded(prefix: str, readable: str, schema: str, table: str) -> str:
    name = prefix + readable
    if len(name.encode()) <= NAME_BYTES:
        return name
    digest = hashlib.sha256(full_name(schema, table).encode()).hexdigest()
    return prefix + digest[:40]


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else quoted(name)
