"""Which rows somebody chose, in a view or in Python."""

from __future__ import annotations

from typing import Any

import pandas as pd
import traitlets

from rtwidget.replica.keys import Key
from rtwidget.view.grid_table import GridTable
from rtwidget.view.hub import ViewHub
from rtwidget.widget.calls.callback_thread import CallbackThread
from rtwidget.widget.reading.index_keys import IndexKeys


class ChosenRows(traitlets.HasTraits):
    """The half of `LiveTable` that tells Python which rows were chosen."""

    _handle: GridTable
    _hub: ViewHub
    _events: CallbackThread
    _index_keys: IndexKeys
    _heard: list[Any] | None = None

    # Not synced, because a saved notebook must not hold the keys of rows.
    selected_keys: traitlets.List[Any] = traitlets.List()

    @property
    def df(self) -> pd.DataFrame:
        """The rows; the reading half of the table knows them."""
        raise NotImplementedError

    @property
    def selected(self) -> pd.DataFrame:
        """The rows that were chosen in a view or by `selected_keys`, as `df` has them; those that went are left out."""
        frame = self.df
        return frame[frame.index.isin(self.selected_keys)]

    def _chosen(self, keys: tuple[Key, ...]) -> None:
        """Tell Python which rows somebody chose; called on the loop thread."""
        # Not on the loop: observers are functions of the user's, and may take their time.
        self._events.call(lambda: self._hear([self._index_keys.value(key) for key in keys]))

    def _hear(self, keys: list[Any]) -> None:
        # Observers are told within this call, so it is known until its end from whom the choice is.
        self._heard = keys
        try:
            self.set_trait("selected_keys", keys)
        finally:
            self._heard = None

    @traitlets.observe("selected_keys")
    def _selected_in_python(self, change: dict[str, Any]) -> None:
        if change["new"] == self._heard:
            # The views chose it, and may have chosen others since.
            return
        keys = tuple([self._index_keys.key(value) for value in change["new"]])
        self._handle.call(self._hub.choose, keys)
