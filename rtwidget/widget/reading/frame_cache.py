"""DataFrames of a table's rows, made once for each revision."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any, NamedTuple

import pandas as pd

from rtwidget.feed.sharing.readable_table import TakenSnapshot
from rtwidget.replica.states.table_state import State
from rtwidget.store.arrow.dtype_warnings import warn
from rtwidget.store.dataframes.incremental_frame import ColumnWarnings, MadeFrame, next_frame
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.store.dataframes.pandas_frame import DtypeBackend, shared, to_frame
from rtwidget.store.order.ordering import Order
from rtwidget.store.snapshot import Snapshot
from rtwidget.widget.reading.kept_table import KeptTable

# Two reads in one expression, as in `t.df[t.df.score > 5]`, must see the same rows (design section 8).
_SAME_ROWS_S = 0.2
_WANTED_S = 10.0
"""Who asked for a frame so lately may ask again, and should not have to wait for what could be made meanwhile."""
_TIME_SHARE = 0.2
"""How much of the time may go into frames that perhaps nobody reads."""


class _Recent(NamedTuple):
    """What a thread was given: when, of which rows, the frame that nobody changes, and what it is worth."""

    at: float
    source: object
    frame: pd.DataFrame
    about: dict[Any, Any]


class FrameCache:
    """The frame of the newest revision, shared by whoever reads it. Any thread.

    Args:
        table: The table.
        numeric: What numbers with a fraction become.
        orders: The order of the rows.
    """

    def __init__(self, table: KeptTable, numeric: NumericAs, orders: Sequence[Order]) -> None:
        self._table = table
        self.numeric = numeric
        self.orders = tuple(orders)
        self._lock = threading.Lock()
        self._made: MadeFrame | None = None
        # By thread: both reads of an expression are on one, and others want the newest rows.
        self._recent = threading.local()
        self._told: set[tuple[str, str]] = set()
        self._asked_at = self._idle_until = float("-inf")

    def recent(self) -> pd.DataFrame | None:
        """Return what this thread was given in the last 200 ms, if it was."""
        recent: _Recent | None = getattr(self._recent, "frame", None)
        if recent is None or monotonic() - recent.at >= _SAME_ROWS_S:
            return None
        # After a reset the rows are another's, however recent the last ones are.
        return _described(recent) if recent.source is self._table.rows_now() else None

    def now(
        self,
        taken: TakenSnapshot,
        dtype_backend: DtypeBackend | None = None,
        *,
        partial: bool = False,
        reader: str = "df",
    ) -> pd.DataFrame:
        """Return rows; the caller may change them, and partial ones are not `recent`.

        Args:
            taken: The rows, as they stand.
            dtype_backend: As in pandas' own readers; None for numpy dtypes.
            partial: Whether rows may be missing.
            reader: Who asks: each is warned once of a column that has not the type of its kind.
        """
        source, snapshot = taken
        self._asked_at = monotonic()
        warnings: ColumnWarnings = {}
        if dtype_backend is not None:
            frame = to_frame(
                snapshot, self.numeric, dtype_backend, self.orders, warnings.__setitem__
            )
            self.tell(dtype_backend, warnings)
            frame.attrs.update(self._about())
            return frame
        made = self._made_of(snapshot)
        self.tell(reader, made.warnings)
        given = _Recent(monotonic(), source, made.frame, self._about())
        if not partial:
            self._recent.frame = given
        return _described(given)

    def prepare(self) -> None:
        """Make the frame of the newest rows before it is asked for, if one was lately."""
        began = monotonic()
        if began - self._asked_at < _WANTED_S and began >= self._idle_until:
            self._made_of(self._table.snapshot())
            ended = monotonic()
            self._idle_until = ended + (ended - began) * (1 / _TIME_SHARE - 1)

    def of(self, snapshot: Snapshot) -> tuple[pd.DataFrame, ColumnWarnings]:
        """Return the rows of a snapshot, which the caller may change, and what is to be said of them."""
        made = self._made_of(snapshot)
        return shared(made.frame), made.warnings

    def tell(self, reader: str, warnings: ColumnWarnings) -> None:
        """Warn a reader of columns of which it was not warned yet: rows that change each second would warn each second."""
        for column, said in warnings.items():
            if (reader, column) not in self._told:
                self._told.add((reader, column))
                warn(column, said)

    def _made_of(self, snapshot: Snapshot) -> MadeFrame:
        # Held while the frame is made: who comes second wants the same one.
        with self._lock:
            made = self._made
            if made is None or made.snapshot is not snapshot:
                made = self._made = next_frame(snapshot, self.numeric, self.orders, made)
            return made

    def _about(self) -> dict[Any, Any]:
        status = self._table.status
        current = status.state in (State.LIVE, State.POLLING)
        as_of = datetime.now(UTC) if current else status.verified_at
        return {"as_of": as_of, "state": str(status.state)}


def _described(given: _Recent) -> pd.DataFrame:
    frame = shared(given.frame)
    frame.attrs.update(given.about)
    return frame
