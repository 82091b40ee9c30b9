"""Sorting rows by columns as a person expects: numbers by value, nulls apart, ties as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.order.sort_key import Signs, SortKey
from rtwidget.store.snapshot import Slots, Snapshot


@dataclass(frozen=True, slots=True)
class Order:
    """One column to sort by.

    Args:
        column: Its name.
        descending: Whether the greatest value comes first.
        nulls_first: Whether nulls come before values.
    """

    column: str
    descending: bool = False
    nulls_first: bool = False


class Ordering:
    """Sorts the rows of one snapshot; any thread.

    Args:
        snapshot: The rows.
        orders: The columns to sort by, the first one first; names that the snapshot does not have are passed over.
    """

    def __init__(self, snapshot: Snapshot, orders: Sequence[Order]) -> None:
        names = snapshot.schema.names
        self._keys = [
            SortKey(
                snapshot,
                names.index(order.column),
                descending=order.descending,
                nulls_first=order.nulls_first,
            )
            for order in orders
            if order.column in names
        ]

    def sorted(self, slots: Slots) -> Slots:
        """Return rows in their order; they must come in the order of their slots, which decides ties."""
        if not self._keys or not len(slots):
            return slots
        columns = [pair for key in self._keys for pair in key.columns(slots)]
        names = [str(place) for place in range(len(columns))]
        table = pa.table([array for array, _ in columns], names)
        directions = [direction for _, direction in columns]
        # A stable sort: what is equal stays in the order of its slots.
        places = pc.sort_indices(table, sort_keys=list(zip(names, directions, strict=True)))
        in_order: Slots = slots[np.asarray(places)]
        return in_order

    def merged(self, ordered: Slots, added: Slots) -> Slots:
        """Return ordered rows with others put in where they belong; both must be sorted and have no row in common."""
        if not self._keys:
            return np.insert(ordered, np.searchsorted(ordered, added), added)
        low, high = self._keys[0].bounds(ordered, added)
        while True:
            # One step of a binary search for all rows at once: some twenty, however many there are.
            searching = np.flatnonzero(low < high)
            if not len(searching):
                return np.insert(ordered, low, added)
            middle = (low[searching] + high[searching]) // 2
            before = self._before(added[searching], ordered[middle])
            high[searching[before]] = middle[before]
            low[searching[~before]] = middle[~before] + 1

    def _before(self, slots: Slots, others: Slots) -> npt.NDArray[np.bool_]:
        signs: Signs = np.zeros(len(slots), np.int8)
        for key in self._keys:
            signs = np.where(signs == 0, key.compare(slots, others), signs)
        # Ties go by place, as the sort leaves them.
        before: npt.NDArray[np.bool_] = (signs < 0) | ((signs == 0) & (slots < others))
        return before


def sorted_slots(snapshot: Snapshot, orders: Sequence[Order]) -> Slots:
    """Return the slots of a snapshot's rows in sorted order."""
    return Ordering(snapshot, orders).sorted(snapshot.slots)
