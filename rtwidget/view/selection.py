"""Which rows of a table are chosen: one choice for all its views and for Python, by key."""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica.keys import Key
from rtwidget.view.messages.cell_texts import encode_key


@dataclass(slots=True)
class Selection:
    """The choice of one table. Loop thread only.

    Args:
        keys: The chosen rows, in the order in which they were chosen.
        version: Grows with every choice, so that a view can tell whether it knows the last one.
        texts: The same keys as they travel.
    """

    keys: tuple[Key, ...] = ()
    version: int = 0
    texts: list[str] = field(default_factory=list)

    def choose(self, keys: tuple[Key, ...]) -> None:
        """Choose these rows and no others."""
        self.keys = keys
        # Once for all views, which tell them in their frames.
        self.texts = [encode_key(key) for key in keys]
        self.version += 1


class KnownSelection:
    """What one view knows of the choice. Loop thread only.

    Args:
        selection: The table's choice.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._version = 0
        self._told_seq = 0

    def forget(self) -> None:
        """The view lost what it knew."""
        self._version = 0

    def made(self, acked: int) -> None:
        """Take note that the view itself made the last choice.

        Args:
            acked: The last frame that it painted.
        """
        # An older choice may still be on its way to it, and must not be what it shows at last.
        if self._told_seq <= acked:
            self._version = self._selection.version

    def news(self, seq: int, acked: int) -> dict[str, list[str]]:
        """Return what a frame says of a choice that the view does not know, or may not have got.

        Args:
            seq: The frame's number.
            acked: The last frame that the view painted.
        """
        # A frame may be lost, so a choice is told again until a frame that told it was painted.
        if self._version == self._selection.version and self._told_seq <= acked:
            return {}
        self._version, self._told_seq = self._selection.version, seq
        return {"selected": self._selection.texts}
