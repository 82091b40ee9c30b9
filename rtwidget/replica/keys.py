"""Keys and cells: how one row is named and what its values look like inside rtwidget.

A key is always a tuple, one entry for each key column, so that single and composite keys are one case.
Keys are compared for equality only; their order belongs to the database, whose collation we do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import quote


# A type of its own, because a float would lose digits and a plain text would be taken for text where no type is known.
class NumberText(str):
    """A number with a fraction or an exponent, exactly as the database wrote it."""

    __slots__ = ()


class JsonText(str):
    """A JSON object or array (json, jsonb, an SQL array), exactly as the database wrote it."""

    __slots__ = ()


Cell: TypeAlias = bool | int | str | None  # str covers NumberText and JsonText
Row: TypeAlias = tuple[Cell, ...]
Key: TypeAlias = tuple[Cell, ...]


def key_of(row: Sequence[Cell], positions: Sequence[int]) -> Key:
    """Return the key of a row.

    Args:
        row: The row's cells, in the order of its columns.
        positions: Where the key columns stand in the row.
    """
    return tuple(row[position] for position in positions)


def first_batch(keys: Iterable[Key], most_rows: int, most_bytes: int) -> list[Key]:
    """Return as many of the first keys as one request may name; at least one, however long, if any may."""
    chosen: list[Key] = []
    size_bytes = 0
    for key in keys:
        size_bytes += encoded_bytes(key)
        # A key that is too long for any batch goes alone, or it would wait for ever.
        if len(chosen) == most_rows or (chosen and size_bytes > most_bytes):
            break
        chosen.append(key)
    return chosen


def encoded_bytes(key: Key) -> int:
    """Return about how many bytes a key takes in a URL, so that batches can be bounded."""
    return sum(len(quote(str(part), safe="")) + 3 for part in key)
