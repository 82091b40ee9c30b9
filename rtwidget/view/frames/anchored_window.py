"""Where a view's window stands: it moves with the first row that the view shows, so that nothing jumps on the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from rtwidget.replica.keys import Key
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.messages.window_messages import Window
from rtwidget.view.query.view_query import Anchor

MOST_CANDIDATES: Final = 3
"""Rows to hold on to: the first visible one may be removed, and then the next one takes over."""

Look: TypeAlias = Callable[[int, int, Anchor | None], Awaitable[WindowRows]]


@dataclass(frozen=True, slots=True)
class AnchoredWindow:
    """A window and the rows that it moves with.

    Args:
        first: Where the window begins.
        count: How many rows it has.
        offset: How far into the window the first visible row is; None at the very top, where new rows are to appear.
        held: The keys of the first visible row and of those after it, as far as they are known.
    """

    first: int
    count: int
    offset: int | None = None
    held: tuple[Key, ...] = ()

    @classmethod
    def asked(cls, window: Window, keys: Mapping[str, Key]) -> Self:
        """Return the place that a view asked for.

        Args:
            window: The request.
            keys: The rows of the last frames by their keys as they travelled.
        """
        anchor = window.anchor
        if anchor is None:
            return cls(window.first, window.count)
        key = None if anchor.key is None else keys.get(anchor.key)
        held = () if key is None else (key,)
        return cls(window.first, window.count, max(0, anchor.place - window.first), held)

    def at_top(self) -> Self:
        """Return the same window on the first rows."""
        return replace(self, first=0, offset=None, held=())

    async def rows(self, look: Look) -> WindowRows:
        """Return the rows there, moved with the first held row that is still in the table."""
        for step, key in enumerate(self.held):
            anchor = Anchor(key, self.first + (self.offset or 0) + step)
            rows = await look(self.first, self.count, anchor)
            if rows.anchor_place is not None:
                return rows
        # None of them is left, or none was known: the window stays where it is.
        return await look(self.first, self.count, None)

    def moved(self, rows: WindowRows) -> Self:
        """Return the place as a frame of these rows shows it."""
        if self.offset is None:
            return self
        # Near the end the window may have moved less than its row did, which then stands elsewhere in it.
        place = rows.anchor_place
        offset = self.offset if place is None else place - rows.first
        offset = max(0, min(offset, len(rows.keys) - 1))
        held = rows.keys[offset : offset + MOST_CANDIDATES]
        return replace(self, first=rows.first, offset=offset, held=held)
