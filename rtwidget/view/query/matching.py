"""Which rows pass a view's filters and its search: pure functions on snapshots, for any thread.

People look for what they see, so a text is looked for in the cells as the browser draws them, besides in what the database wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa

from rtwidget.store.cells.stored_column import StoredColumn
from rtwidget.store.snapshot import Slots, Snapshot
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.query.cell_tests import Mask, check_of, contains
from rtwidget.view.query.view_query import ViewQuery

_Check = Callable[[StoredColumn], Mask]
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
            column = ShownColumn.of(snapshot, position, query.shown_as)
            check = partial(contains, column=column, text=query.search)
            anywhere |= _asked(snapshot, position, slots, check)
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
        return check(StoredColumn(columns[0].encoding, some.combine_chunks()))
    # The slots ascend, so those of one part stand beside each other.
    bounds = np.searchsorted(slots, snapshot.starts)
    found = [
        check(StoredColumn(stored.encoding, stored.array.take(pa.array(slots[low:high] - start))))
        for stored, low, high, start in zip(
            columns, bounds[:-1], bounds[1:], snapshot.starts[:-1], strict=True
        )
    ]
    return np.concatenate(found) if found else np.zeros(0, np.bool_)


def _checks(snapshot: Snapshot, query: ViewQuery) -> list[tuple[int, _Check]]:
    names = snapshot.schema.names
    found = [(names.index(one.column), one.test) for one in query.filters if one.column in names]
    return [
        (position, check_of(test, ShownColumn.of(snapshot, position, query.shown_as)))
        for position, test in found
    ]
