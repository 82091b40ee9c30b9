"""Batches of changed rows: random keys, every value new, each row later than all before it."""

from __future__ import annotations

import random

from bench.subjects.sample import row
from rtwidget.replica.keys import Row

BATCH_ROWS = 100


class Writer:
    """Changes rows of one table.

    Args:
        count: How many rows the table has.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        # Seeded, so that ours and the others are given the same changes.
        self._random = random.Random(4)
        self._revision = 0

    def batches(self, count: int, rows: int = BATCH_ROWS) -> list[list[Row]]:
        """Return so many batches of so many rows."""
        return [[self._changed() for _ in range(rows)] for _ in range(count)]

    def _changed(self) -> Row:
        self._revision += 1
        return row(self._random.randrange(self._count), self._revision)
