"""Which rows of a table are chosen: one choice for all its views and for Python, by key."""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica.keys import Key
from rtwidget.view.cells import encode_key


@dataclass(slots=True)
class Selection:
    """Loop thread only.

    Args:
        keys: The chosen rows, in the order in which they were chosen.
        version: Grows with every choice, so that a view can tell whether it knows the last one.
    """

    keys: tuple[Key, ...] = ()
    version: int = 0
    texts: list[str] = field(default_factory=list)

    def choose(self, keys: tuple[Key, ...]) -> None:
        """Choose these rows and no others."""
        self.keys = keys
        self.texts = [encode_key(key) for key in keys]
        self.version += 1
