"""What changed in and near a view's window since its last frame; its memory does not grow with the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key

MOST_NEW_ROWS: Final = 500
"""More new rows than a window holds are a flood, and marking them would only flicker."""


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """What changed between two frames.

    Args:
        cells: The positions of the columns that differ, by row.
        new: Rows that were not there before.
        gone: Rows of the last frame that are not there any more.
    """

    cells: dict[Key, frozenset[int]] = field(default_factory=dict)
    new: set[Key] = field(default_factory=set)
    gone: set[Key] = field(default_factory=set)


class WindowChanges:
    """Gathers changes between two frames."""

    def __init__(self) -> None:
        self._near: frozenset[Key] = frozenset()
        self._now = ChangedRows()
        self._flooded = False

    def changed(self, delta: Delta) -> None:
        """Note what changed in the rows of the last frame, and which rows came."""
        cells, near = self._now.cells, self._near
        # Through the smaller of the two: a flood has many rows, a window few.
        few, many = sorted((delta.updated, near), key=len)
        for key in few:
            if key in many:
                cells[key] = cells.get(key, frozenset()) | delta.updated[key]
        self._now.gone.update(delta.removed & near)
        # A row that is back before the next frame was never away for the view.
        self._now.gone.difference_update(delta.inserted)
        # Remembered until the next frame: rows that come behind a flood are part of it.
        self._flooded |= len(self._now.new) + len(delta.inserted) > MOST_NEW_ROWS
        if self._flooded:
            self._now.new.clear()
        else:
            self._now.new.update(delta.inserted)

    def take(self) -> ChangedRows:
        """Return what was gathered, and begin again."""
        changed, self._now, self._flooded = self._now, ChangedRows(), False
        return changed

    def shown(self, keys: Sequence[Key]) -> None:
        """Note which rows the view has now."""
        self._near = frozenset(keys)
