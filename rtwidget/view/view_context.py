"""What all views of one table share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rtwidget.store.order.ordering import Order
from rtwidget.view.frames.change_log import ChangeLog
from rtwidget.view.grid_table import GridTable
from rtwidget.view.messages.status_message import status_message
from rtwidget.view.selection import Selection


@dataclass(slots=True)
class ViewContext:
    """Loop thread only.

    Args:
        table: The rows and their situation.
        orders: The table's own order, for a view that asks for none.
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
