"""A table that shows itself in a notebook: what every kind of table has in common, whoever keeps its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Self

import traitlets

from rtwidget.feed.status import Status
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.store.order.ordering import Order
from rtwidget.view.frames.frame_writer import column_messages
from rtwidget.view.grid_table import GridTable
from rtwidget.view.hub import ViewHub
from rtwidget.view.messages.status_message import status_message
from rtwidget.widget.browser_widget import weakly
from rtwidget.widget.calls.callback_thread import CallbackThread
from rtwidget.widget.calls.table_callbacks import TableCallbacks
from rtwidget.widget.chosen_rows import ChosenRows
from rtwidget.widget.copy_refusal import CopyRefusal
from rtwidget.widget.display_options import DisplaySettings, ViewOptions, first_settings
from rtwidget.widget.lifecycle.cell_ownership import CellOwnership
from rtwidget.widget.lifecycle.interpreter_exit import close_at_exit
from rtwidget.widget.lifecycle.kept_alive import KEPT_ALIVE
from rtwidget.widget.picture.pictures import PICTURES
from rtwidget.widget.picture.saved_picture import TABLE_MIME_TYPE, SavedPicture
from rtwidget.widget.reading.index_keys import IndexKeys


class _CurrentStatus(traitlets.Instance[Status]):
    """Reads are never older than the table; observers hear of it a little later, on the table's thread."""

    def get(self, obj: Any, cls: Any = None) -> Status:  # noqa: ANN401, ARG002  (traitlets' signature)
        """Return the situation now."""
        status: Status = obj._handle.status  # noqa: SLF001  (of the same room)
        return status


class GridWidget(CopyRefusal, CellOwnership, TableCallbacks, ChosenRows, DisplaySettings):
    """A widget that draws a `GridTable`. Rows never travel as traits: of them, a saved notebook holds only the picture of the first ones.

    Args:
        handle: The table.
        numeric: What numbers with a fraction become in keys.
        orders: The order of the rows.
        options: How it is shown.
        prepare: Called on the table's thread after changes, to have made what will be asked for.
    """

    status = _CurrentStatus(Status, read_only=True).tag(
        sync=True, to_json=lambda status, _widget: status_message(status)
    )
    columns = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    sort = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(
        self,
        handle: GridTable,
        numeric: NumericAs = "float",
        orders: Sequence[Order] = (),
        options: ViewOptions | None = None,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        # Before traits are made, which ask the table for their values and for whose it is.
        self._handle = handle
        options = ViewOptions() if options is None else options
        self._settings = first_settings(handle.title, options)
        self._saved = SavedPicture(handle, orders, options.saved_rows, options.formats)
        self._index_keys = IndexKeys(handle, numeric)
        super().__init__(
            sort=[{"column": order.column, "descending": order.descending} for order in orders]
        )
        PICTURES.add(self, self._saved)
        # What the loop and the table's thread call must not keep the table alive.
        self._hub = ViewHub(
            handle, orders, weakly(self.send), weakly(self._chosen), weakly(self._viewed)
        )
        self._events = CallbackThread(
            handle.title, weakly(self._tell), self._index_keys.value, prepare
        )
        handle.follow(self._hub)
        handle.follow(self._events)
        handle.signal.rise()
        self.on_msg(weakly(self._received))
        self.observe(weakly(self._sorted), names="sort")
        close_at_exit(self)
        # Last: from here on the table may replace others, or be replaced.
        self._settle()

    @traitlets.default("settings")
    def _first_settings(self) -> dict[str, Any]:
        return self._settings

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401
        self._handle.ownership.demand()
        self._shown_at = monotonic()
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            self._saved.wait()
            bundle[0].update({"text/html": self._saved.html(), TABLE_MIME_TYPE: {}})
        return bundle

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._handle.title}: {self._handle.status!r}>"

    def close(self) -> None:
        """Unsubscribe; the rows stay readable and the last picture stays, marked as closed."""
        if self._handle.closed or not self._handle.ownership.is_ours:
            return
        KEPT_ALIVE.closed()
        self._handle.close(self._hub.close)
        # After the table, so that the last status that anybody is told is that it is closed.
        self._events.close(self._handle.status)
        if not self._handle.displayed:
            # One that nobody saw has no picture to keep.
            KEPT_ALIVE.release(self)
            super().close()

    def dispose(self) -> None:
        """Close the table and take its views out of the notebook."""
        self.close()
        if self._handle.ownership.is_ours:
            KEPT_ALIVE.release(self)
            super().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _tell(self, status: Status) -> None:
        """Set the traits; called on the table's event thread."""
        try:
            self.set_trait("status", status)
        finally:
            # Without them no view has rows, whatever an observer of the status raised.
            rows = self._handle.rows_now()
            columns = column_messages(rows.schema, rows.kinds)
            if columns != self.columns:
                self.set_trait("columns", columns)

    def _received(self, _widget: object, content: Any, _buffers: object) -> None:  # noqa: ANN401
        self._handle.call(self._hub.receive, content)

    def _sorted(self, change: dict[str, Any]) -> None:
        orders = [
            Order(str(entry.get("column")), bool(entry.get("descending")))
            for entry in change["new"]
        ]
        self._handle.call(self._hub.sort, orders)
