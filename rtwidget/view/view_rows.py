"""The rows that one view shows: those of the table, or a picture of them that somebody froze."""

from __future__ import annotations

from collections.abc import Callable

from rtwidget.replica.delta import Delta
from rtwidget.view.grid_rows import GridRows, RowQuery
from rtwidget.view.query.view_query import ViewQuery


class ViewRows:
    """The rows of one view, current or frozen. Loop thread only.

    Args:
        table: The table.
        asked: What the view asks to begin with.
        reordered: Called when there is another order, so that the view asks again.

    Attributes:
        query: Answers for the rows that are shown now.
        asked: What the view asks for.
        frozen: Whether they stay as they are while the table goes on.
    """

    def __init__(self, table: GridRows, asked: ViewQuery, reordered: Callable[[], None]) -> None:
        self._table = table
        self._reordered = reordered
        self.asked = asked
        self.frozen = False
        self.query: RowQuery = table.query(asked, reordered)

    def ask(self, asked: ViewQuery) -> None:
        """Show other rows, or another order."""
        # A view that says hello again asks for what it has, and sorting that anew would cost for nothing.
        if asked != self.asked:
            self.asked = asked
            self.query.ask(asked)

    def freeze(self, *, frozen: bool) -> None:
        """Keep the rows as they are now, or show the newest again."""
        if frozen is not self.frozen:
            self.frozen = frozen
            self.query.close()
            # Whether somebody points at something does not depend on which rows they see.
            still = self.query.still
            self.query = self._table.query(self.asked, self._reordered, still=still, frozen=frozen)

    def changed(self, delta: Delta) -> None:
        """Take note of changes of the table."""
        if not self.frozen:
            self.query.changed(delta)

    def emptied(self) -> None:
        """Show that every row went, whoever froze them: the next rows may be for other eyes."""
        # First, as the rows of a frozen picture would never go.
        self.freeze(frozen=False)
        self.query.forget()

    def close(self) -> None:
        """Ask for nothing more."""
        self.query.close()
