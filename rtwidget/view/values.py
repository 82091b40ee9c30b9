"""The most frequent values of a column, for a filter to choose from."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final

from rtwidget.store.snapshot import Snapshot
from rtwidget.view.cells import encode
from rtwidget.view.query import Table

MOST_OFFERED: Final = 50
"""More values than this nobody reads in a list; typing finds the others."""

CountedValue = tuple[str | bool | None, int]


async def frequent_values(table: Table, column: str) -> list[CountedValue]:
    """Return values as they travel to the browser and how many rows have them, the most frequent first.

    Args:
        table: The rows; all of them count, whatever a view shows.
        column: The column's name; a table that does not have it has no values either.
    """
    return await asyncio.to_thread(_count, table, column)


def _count(table: Table, column: str) -> list[CountedValue]:
    snapshot: Snapshot = table.snapshot()
    names = snapshot.schema.names
    if column not in names:
        return []
    position = names.index(column)
    counts = Counter(row[position] for row in snapshot.rows)
    return [(encode(value), rows) for value, rows in counts.most_common(MOST_OFFERED)]
