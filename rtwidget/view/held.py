"""A table as it was at one moment: what a view shows whose picture somebody holds."""

from __future__ import annotations

from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.snapshot import Snapshot


class HeldTable:
    """Loop thread only.

    Args:
        snapshot: The rows.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._rows = KeptRows(snapshot)

    def rows_now(self) -> KeptRows:
        """Return the rows."""
        return self._rows
