"""Names as people copy them into SQL, the same in every hint. Pure.

psycopg could quote them, but tables of Supabase are read where it is not installed.
"""

from __future__ import annotations

import re

# Capitals would be folded. A reserved word passes, too: hints stay readable for the price of a table named "order".
_FOLDED = re.compile(r"[a-z_][a-z0-9_]*")


def quoted(name: str) -> str:
    """Return a name as an identifier between double quotes, which always works (any thread)."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def relation(schema: str, table: str) -> str:
    """Return a table's name with its schema, both quoted (any thread)."""
    return f"{quoted(schema)}.{quoted(table)}"


def readable(name: str) -> str:
    """Return a name as an identifier, quoted only where its letters demand it (any thread)."""
    return name if _FOLDED.fullmatch(name) else quoted(name)


def readable_relation(schema: str, table: str) -> str:
    """Return a table's name with its schema, each quoted only where its letters demand it (any thread)."""
    return f"{readable(schema)}.{readable(table)}"
