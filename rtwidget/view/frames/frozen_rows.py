"""A table as it was at one moment: what a view shows whose picture somebody holds."""

from __future__ import annotations

from rtwidget.store.kept_rows import KeptRows
from rtwidget.view.frames.window import Table


class HeldTable:
    """Loop thread only.

    Args:
        table: The table.
    """

    def __init__(self, table: Table) -> None:
        self._rows = KeptRows(table.rows_now().lazy_snapshot())

    def rows_now(self) -> KeptRows:
        """Return the rows."""
        return self._rows
