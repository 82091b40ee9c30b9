"""LiveTable: a table of a database that shows itself in a notebook, and gives itself to Python as a DataFrame."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.feed.stats import Stats
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.store.order.ordering import Order
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.display_options import ViewOptions
from rtwidget.widget.grid_widget import GridWidget
from rtwidget.widget.reading.diagnosis import TableDiagnosis
from rtwidget.widget.reading.exports import TableExports
from rtwidget.widget.reading.frame_cache import FrameCache


class LiveTable(TableExports, TableDiagnosis, GridWidget):
    """A live table; make it with `rtwidget.live_table`.

    Every method may be called from any thread.

    `selected_keys` are the keys of the rows that somebody chose in a view, or that you choose by setting it: a value, or a tuple
    where several columns are the key.

    Args:
        handle: The table's tie to its feed.
        numeric: What numbers with a fraction become in `df`.
        orders: The order of the rows.
        options: How it is shown.
    """

    _handle: ReplicaTable

    def __init__(
        self,
        handle: ReplicaTable,
        numeric: NumericAs = "float",
        orders: Sequence[Order] = (),
        options: ViewOptions | None = None,
    ) -> None:
        # Before the thread starts that has frames made.
        self._frames = FrameCache(handle, numeric, orders)
        super().__init__(handle, numeric, orders, options, self._frames.prepare)

    @property
    def stats(self) -> Stats:
        """What the feed has cost and done so far: reads, bytes, repairs; tables that share a feed share it."""
        return self._handle.stats

    def refresh(self) -> None:
        """Verify every row now, and try at once whatever waits for another attempt."""
        self._handle.refresh()

    def pause(self) -> None:
        """Keep the rows as they are, and ask for no more until `resume`."""
        self._handle.pause()

    def resume(self) -> None:
        """Go on after `pause`, with every row verified again."""
        self._handle.resume()
