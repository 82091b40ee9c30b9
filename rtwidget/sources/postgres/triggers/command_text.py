"""The commands that people are told to run, as one types them into a POSIX shell. Pure.

Whoever says what is wrong with a table's triggers needs these words, and none of what the commands do.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable


def enabling_command(schema: str, table: str, key: Iterable[str] = ()) -> str:
    """Return the command that makes a table announce its changes, for a POSIX shell (any thread).

    Args:
        schema: The table's schema.
        table: The table's name.
        key: The columns that are told, where they are not the table's key.
    """
    return _command("enable", schema, table, ",".join(key))


def disabling_command(schema: str, table: str) -> str:
    """Return the command that takes the triggers away, for a POSIX shell (any thread)."""
    return _command("disable", schema, table)


def _command(action: str, schema: str, table: str, key: str = "") -> str:
    words = ["rtwidget", "postgres", action, shlex.quote(table)]
    if schema != "public":
        words += ["--schema", shlex.quote(schema)]
    if key:
        words += ["--key", shlex.quote(key)]
    return " ".join([*words, "--dsn ..."])
