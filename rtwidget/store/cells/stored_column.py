"""How one column of a chunk is kept: as an Arrow array, and what its values stand for.

Which encoding a chunk uses depends on its values, so two chunks of a column may differ: a column that turns out wider than its first rows
looked is not written again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pyarrow as pa


class Encoding(Enum):
    """What an array of a chunk holds."""

    INT = "int64"
    FLOAT = "double, where its shortest digits are those of the database"
    BOOL = "bool"
    DATE = "date32"
    MOMENT = "timestamp in microseconds"
    MOMENT_UTC = "timestamp in microseconds, written with the offset +00:00"
    TEXT = "text"
    NUMBER = "the text of numbers"
    DOCUMENT = "the text of JSON objects and arrays"
    MIXED = "each cell as JSON"


@dataclass(frozen=True, slots=True, eq=False)
class StoredColumn:
    """One column of a chunk.

    Args:
        encoding: What the array holds.
        array: One value a row, null where the cell is null.
        derived: What was computed from it, by name; it never changes, so neither do they.
    """

    encoding: Encoding
    array: pa.Array
    # Any thread may add to it, without a lock: whoever computes the same finds the same.
    derived: dict[str, Any] = field(default_factory=dict, repr=False)


def all_null(stored: StoredColumn) -> bool:
    """Return whether every cell is null, so that any encoding would do."""
    return bool(stored.array.null_count == len(stored.array))
