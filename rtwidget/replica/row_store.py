"""What the rule needs of a store: keyed rows with one stamp beside each."""

from __future__ import annotations

from typing import Protocol

from rtwidget.replica.keys import Key, Row


# The rule knows no more of a store than this, because `replica` must not import what lies above it.
class RowStore(Protocol):
    """Keyed rows with one stamp beside each; the store implements it. Loop thread only; a stamp is a logical time."""

    def stamp(self, key: Key) -> int | None:
        """Return the stamp of a row, or None when it is not stored."""
        ...

    def seen(self, key: Key) -> int | None:
        """Return when the latest read that saw a row began: its stamp, or a later note; None when it is not stored."""
        ...

    def row(self, key: Key) -> Row | None:
        """Return a stored row, or None."""
        ...

    def note(self, key: Key, stamp: int) -> None:
        """Note that a read that began then saw a stored row, unchanged, without reading the whole of it."""
        ...

    def areas(self, wanted: int) -> list[int]:
        """Open areas, one behind the other, for rows that arrive in several runs; return what `put` takes to name them."""
        ...

    def put(self, key: Key, row: Row, stamp: int, area: int = -1) -> frozenset[int] | None:
        """Store a row, a new one in an area or at the end; return the positions that differ from before, None for a new one."""
        ...

    def remove(self, key: Key) -> None:
        """Forget a stored row."""
        ...

    def unseen_since(self, start: int) -> list[Key]:
        """Return the keys of the rows that no read saw which began then or later."""
        ...

    def clear(self) -> None:
        """Forget every row."""
        ...
