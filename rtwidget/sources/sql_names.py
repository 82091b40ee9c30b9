"""Names as people copy them into SQL: quoted, so that every one works. Pure."""

from __future__ import annotations


def quoted(name: str) -> str:
    """Return a name as an identifier (any thread)."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def relation(schema: str, table: str) -> str:
    """Return a table's name with its schema, as identifiers (any thread)."""
    return f"{quoted(schema)}.{quoted(table)}"
