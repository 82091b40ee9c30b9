"""What all views of one table share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rtwidget.store.order.ordering import Order
from rtwidget.view.frames.change_log import ChangeLog
from rtwidget.view.grid_table import GridTable
from rtwidget.view.messages.status_message import status_message
from rtwidget.view.selection import Selection


# Not frozen: `sort` replaces the table's order for the views that are to come.
@dataclass(slots=True)
class ViewContext:
    """The table and what its views have in common. Loop thread only.

    Args:
        table: The rows and their situation.
        orders: The table's own order, the first column first, for a view that asks for none.
        changes: What changed so far.
        selection: Which rows are chosen.
    """

    table: GridTable
    orders: tuple[Order, ...]
    changes: ChangeLog = field(default_factory=ChangeLog)
    selection: Selection = field(default_factory=Selection)

    def news(self) -> dict[str, Any]:
        """Return what every message to a view tells: the table's situation, and how many changes there were."""
        return {"status": status_message(self.table.status), "changes": self.changes.count}
