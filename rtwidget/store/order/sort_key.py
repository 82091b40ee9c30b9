"""What one column of a snapshot is sorted by: whole numbers wherever the values have such an order, else Arrow arrays."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.typed_arrays import COMPARABLE
from rtwidget.store.order.column_values import float_column, typed_column
from rtwidget.store.order.text_key import text_keys
from rtwidget.store.order.text_order import sortable_arrays
from rtwidget.store.snapshot import Slots, Snapshot, as_mask

Signs = npt.NDArray[np.int8]

_FENCES: Final = 1_024
"""Rows whose keys are made to find about where others belong."""
_ALL_BITS_BUT_SIGN: Final = np.int64(2**63 - 1)


class SortKey:
    """One column to sort by: how its rows are sorted whole, and how two of them compare; any thread.

    Args:
        snapshot: The rows.
        position: The column.
        descending: Whether the greatest value comes first.
        nulls_first: Whether nulls come before values.
    """

    def __init__(
        self, snapshot: Snapshot, position: int, *, descending: bool, nulls_first: bool
    ) -> None:
        kind = snapshot.kinds[position]
        # Other kinds are text only where nothing better orders them.
        self._folds = kind is Kind.TEXT
        # One array, because rows are gathered from all over it.
        values = _values(snapshot, position).combine_chunks()
        self._descending = descending
        self._null_sign = np.int8(-1 if nulls_first else 1)
        self._nulls = _mask(values) if values.null_count else None
        self._values = _whole_numbers(values)

    def columns(self, slots: Slots) -> list[tuple[pa.Array, str]]:
        """Return what Arrow sorts some rows by, nulls at the end: arrays, each with its direction."""
        direction = "descending" if self._descending else "ascending"
        values = self._gather(slots)
        arrays = sortable_arrays(values) if self._folds else [pa.array(values)]
        pairs = [(array, direction) for array in arrays]
        if self._nulls is None:
            return pairs
        # Arrow puts the nulls of all columns at one end, so where they stand is a key of its own.
        apart = "ascending" if self._null_sign > 0 else "descending"
        return [(pa.array(self._nulls[slots]), apart), *pairs]

    def compare(self, slots: Slots, others: Slots) -> Signs:
        """Return, pair by pair, -1 where the row comes before the other one, 1 where it comes after, 0 for a tie."""
        left, right = self._gather(slots), self._gather(others)
        if self._folds:
            keys = text_keys(pa.concat_arrays([left, right]))
            signs = _signs(keys[: len(left)], keys[len(left) :])
            # Of equal keys the texts themselves decide, as in the sort.
            signs = np.where(signs == 0, _signs(left, right), signs)
        else:
            signs = _signs(left, right)
        if self._descending:
            signs = np.negative(signs)
        if self._nulls is not None:
            absent, other = self._nulls[slots], self._nulls[others]
            signs[absent | other] = 0
            signs[absent & ~other] = self._null_sign
            signs[~absent & other] = -self._null_sign
        return signs

    def bounds(self, ordered: Slots, slots: Slots) -> tuple[Slots, Slots]:
        """Return between which places of ordered rows each row belongs, as closely as this key tells at once."""
        if self._nulls is None and self._folds and len(ordered) > _FENCES:
            return self._between_fences(ordered, slots)
        # No bounds are known at once, so the binary search begins with all rows.
        if not isinstance(self._values, np.ndarray) or self._nulls is not None:
            return np.zeros(len(slots), np.int64), np.full(len(slots), len(ordered), np.int64)
        values, sought = self._values[ordered], self._values[slots]
        if self._descending:
            # Turns the order of whole numbers round, the least of them included.
            values, sought = ~values, ~sought
        return np.searchsorted(values, sought, "left"), np.searchsorted(values, sought, "right")

    def _between_fences(self, ordered: Slots, slots: Slots) -> tuple[Slots, Slots]:
        """Return the same by the keys of some of the ordered rows, because to make those of all takes long."""
        step = len(ordered) // _FENCES
        fences = np.array(text_keys(self._gather(ordered[::step])).to_pylist(), object)
        sought = np.array(text_keys(self._gather(slots)).to_pylist(), object)
        if self._descending:
            fences = fences[::-1]
        first, last = np.searchsorted(fences, sought), np.searchsorted(fences, sought, "right")
        if self._descending:
            first, last = len(fences) - last, len(fences) - first
        low = np.maximum(first - 1, 0) * step
        return low, np.minimum(last * step, len(ordered))

    def _gather(self, slots: Slots) -> Any:  # noqa: ANN401  (a numpy or an Arrow array)
        if isinstance(self._values, np.ndarray):
            return self._values[slots]
        # All rows in their own order, as in a first sort, need no copy.
        if len(slots) == len(self._values) and np.all(slots[1:] > slots[:-1]):
            return self._values
        return self._values.take(pa.array(slots))


def _values(snapshot: Snapshot, position: int) -> pa.ChunkedArray:
    """Return a column in the narrowest type in which its values have their order."""
    types = COMPARABLE.get(snapshot.kinds[position], ())
    if snapshot.kinds[position] is Kind.NUMERIC:
        # Numbers that are the shortest of their floats are in the order of those.
        exact = float_column(snapshot, position, rounding=False)
        if exact is not None:
            return exact
    return typed_column(snapshot, position, types)


def _signs(left: Any, right: Any) -> Signs:  # noqa: ANN401  (as `_gather` returns them)
    if isinstance(left, np.ndarray):
        greater, less = left > right, left < right
    else:
        greater, less = as_mask(pc.greater(left, right)), as_mask(pc.less(left, right))
    signs: Signs = greater.astype(np.int8) - less.astype(np.int8)
    return signs


def _mask(values: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.is_null(values)).astype(np.bool_)


def _whole_numbers(values: pa.Array) -> Any:  # noqa: ANN401  (a numpy or an Arrow array)
    """Return values as int64 of the same order where they have one; nulls are anything."""
    kind = values.type
    if pa.types.is_floating(kind):
        return _ordered_bits(np.asarray(pc.fill_null(values, 0.0)))
    if pa.types.is_boolean(kind):
        return np.asarray(pc.fill_null(values, False)).astype(np.int64)  # noqa: FBT003
    if pa.types.is_date32(kind):
        values = values.cast(pa.int32())
    if pa.types.is_timestamp(kind):
        values = values.cast(pa.int64())
    if pa.types.is_integer(values.type):
        return np.asarray(pc.fill_null(values, 0)).astype(np.int64, copy=False)
    return values


def _ordered_bits(values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return integers in the order of floats: NaN is the greatest, as in PostgreSQL, and both zeros are one."""
    # The addition makes one zero of both.
    bits = (values + 0.0).view(np.int64)
    bits = np.where(np.isnan(values), _ALL_BITS_BUT_SIGN, bits)
    return np.where(bits < 0, bits ^ _ALL_BITS_BUT_SIGN, bits)
