"""Which row may be touched, and by which column: a column is set to what it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rtwidget.errors import ArgumentError, PermissionDeniedError, SourceError
from rtwidget.sources.values.json_cells import key_text

ONLY_DEFAULT = "428C9"
"""The SQLSTATE of a generated column, or an identity, which takes no value of ours; another column may do."""


def touched_key(write: object) -> tuple[str, ...] | None:
    """Return the texts of a key that somebody named, None when nobody did (any thread).

    Raises:
        ArgumentError: When a part of it is null.
    """
    if write is None:
        return None
    parts = tuple(write) if isinstance(write, list | tuple) else (write,)
    if not parts or None in parts:
        raise ArgumentError("write names no row.", "Pass the value of its key, as in `write=7`.")
    # Python writes `True`, PostgreSQL `true`.
    return tuple(key_text(part) if isinstance(part, bool) else str(part) for part in parts)


def in_order(columns: Iterable[str], key: Sequence[str]) -> list[str]:
    """Return the columns in the order in which they are tried: what is no key first (any thread)."""
    # A key that is set to itself may be refused by rules and foreign keys, so it comes last.
    return sorted(columns, key=lambda name: name in key)


def unfit(key: Sequence[str], given: Sequence[str]) -> ArgumentError | None:
    """Return what is wrong with a key that was given, or None when it has as many parts as the table's (any thread)."""
    if len(given) == len(key):
        return None
    return ArgumentError(
        f"write has {len(given)} part{'' if len(given) == 1 else 's'}, and the key is {', '.join(key)}.",
        "Give one value for each column.",
    )


def no_row(key: Sequence[str]) -> SourceError:
    """Return the error of a row that was not there, or may not be changed (any thread)."""
    return SourceError(
        f"No row was changed: none has this key ({', '.join(key)}), or no policy lets this role update it.",
        "Name a row that this role may update.",
    )


def not_allowed(schema: str, table: str, role: str | None) -> PermissionDeniedError:
    """Return the error of a role that may only read (any thread)."""
    return PermissionDeniedError(
        f"The role {role or 'of this reader'} may not change {schema}.{table}.",
        "Leave `write` out, or read as somebody who may.",
    )
