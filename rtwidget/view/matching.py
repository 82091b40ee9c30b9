"""Which rows pass a view's filters and its search: pure functions on snapshots, for any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.encoding import Stored
from rtwidget.store.kinds import Kind
from rtwidget.store.snapshot import Slots, Snapshot, flags
from rtwidget.store.typed import COMPARABLE, TEXT, typed
from rtwidget.view.view_query import Between, Contains, IsNull, OneOf, Test, ViewQuery

Mask = npt.NDArray[np.bool_]
_Check = Callable[[Stored], Mask]
_MOST_BYTES: Final = 1 << 30
"""A column of texts as one array ends at twice as much."""


def matching(snapshot: Snapshot, query: ViewQuery, slots: Slots) -> Slots:
    """Return those of some rows that a view shows.

    Args:
        snapshot: The rows.
        query: What the view asks for.
        slots: The rows to look at, in ascending order.
    """
    checks = _checks(snapshot, query)
    if not checks and not query.search:
        return slots
    passes: Mask = np.ones(len(slots), np.bool_)
    for position, check in checks:
        passes &= _asked(snapshot, position, slots, check)
    if query.search:
        anywhere: Mask = np.zeros(len(slots), np.bool_)
        for position in range(len(snapshot.schema.columns)):
            anywhere |= _asked(
                snapshot, position, slots, lambda some: _contains(some, query.search)
            )
        passes &= anywhere
    return slots[passes]


def _asked(snapshot: Snapshot, position: int, slots: Slots, check: _Check) -> Mask:
    """Return which of some rows pass a check of one column."""
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    alike = len({stored.encoding for stored in columns}) == 1
    if alike and sum(stored.array.nbytes for stored in columns) < _MOST_BYTES:
        # All chunks at once: each step of Arrow's waits for the interpreter's lock, and a busy cell gives it up rarely.
        whole = pa.chunked_array([stored.array for stored in columns])
        some = whole if len(slots) == len(whole) else whole.take(pa.array(slots))
        return check(Stored(columns[0].encoding, some.combine_chunks()))
    bounds = np.searchsorted(slots, snapshot.starts)
    found = [
        check(Stored(stored.encoding, stored.array.take(pa.array(slots[low:high] - start))))
        for stored, low, high, start in zip(
            columns, bounds[:-1], bounds[1:], snapshot.starts[:-1], strict=True
        )
    ]
    return np.concatenate(found) if found else np.zeros(0, np.bool_)


def _checks(snapshot: Snapshot, query: ViewQuery) -> list[tuple[int, _Check]]:
    names = snapshot.schema.names
    return [
        (names.index(one.column), _check(one.test, snapshot.kinds[names.index(one.column)]))
        for one in query.filters
        if one.column in names
    ]


def _check(test: Test, kind: Kind) -> _Check:
    match test:
        case Contains(text):
            return lambda stored: _contains(stored, text)
        case OneOf(values):
            return lambda stored: _one_of(stored, kind, values)
        case Between(low, high):
            return lambda stored: _between(stored, kind, low, high)
        case IsNull(negated):
            return lambda stored: flags(pc.is_null(stored.array)) != negated


def _contains(stored: Stored, text: str) -> Mask:
    return flags(pc.match_substring(typed(stored, TEXT), text, ignore_case=True))


def _one_of(stored: Stored, kind: Kind, values: Sequence[str | bool | None]) -> Mask:
    array = _comparable(stored, kind)
    wanted = [_value(value, array.type) for value in values if value is not None]
    among = pa.array([value for value in wanted if value is not None], array.type)
    passes = flags(pc.is_in(array, value_set=among))
    return passes | flags(pc.is_null(array)) if None in values else passes


def _between(stored: Stored, kind: Kind, low: str | None, high: str | None) -> Mask:
    array = _comparable(stored, kind)
    passes = flags(pc.is_valid(array))
    for bound, holds in ((low, pc.greater_equal), (high, pc.less_equal)):
        if bound is not None:
            value = _value(bound, array.type)
            # A bound that is no value of the column's sort lies beside every value.
            passes &= False if value is None else flags(holds(array, pa.scalar(value, array.type)))
    return passes


def _comparable(stored: Stored, kind: Kind) -> pa.Array:
    for to in COMPARABLE.get(kind, ()):
        array = typed(stored, to)
        if array is not None:
            return array
    return typed(stored, TEXT)


def _value(text: str | bool, to: pa.DataType) -> object:  # noqa: FBT001  (a cell's value)
    """Return a value of the browser as one of a type, or None where it is none."""
    written = str(text).lower() if isinstance(text, bool) else text
    try:
        return pc.cast(pa.scalar(written, pa.string()), to).as_py()
    except pa.ArrowInvalid:
        return None
