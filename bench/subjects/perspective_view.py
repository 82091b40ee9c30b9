"""Perspective's table with the same rows and the same view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import perspective

from bench.subjects.our_view import LEAST_PRICE
from bench.subjects.sample import arrow_table, ipc, json_row
from rtwidget.replica.keys import Row

Batch = bytes | list[dict[str, Any]]


def as_dicts(rows: Sequence[Row]) -> Batch:
    """Return a batch as dict rows."""
    return [json_row(cells) for cells in rows]


def as_arrow(rows: Sequence[Row]) -> Batch:
    """Return a batch as Arrow IPC."""
    return ipc(arrow_table(rows))


def loaded(data: bytes) -> Any:  # noqa: ANN401  (perspective has no types)
    """Return a table loaded from Arrow IPC, keyed by `id`."""
    return perspective.Server().new_local_client().table(data, index="id")


class PerspectiveView:
    """One sorted and filtered view.

    Args:
        data: The first rows as Arrow IPC.
    """

    def __init__(self, data: bytes) -> None:
        self.table = loaded(data)
        self._view = self.table.view(
            sort=[["updated_at", "desc"]], filter=[["price", ">=", float(LEAST_PRICE)]]
        )

    def __len__(self) -> int:
        return int(self._view.num_rows())

    def update(self, batch: Batch) -> None:
        """Take a batch."""
        self.table.update(batch)

    def window(self, first: int, count: int) -> dict[str, list[Any]]:
        """Return the rows of a window."""
        columns: dict[str, list[Any]] = self._view.to_columns(
            start_row=first, end_row=first + count
        )
        return columns
