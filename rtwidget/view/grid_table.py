"""What a grid needs of a table, whichever kind it is: rows kept in this process, rows derived from those, or a window on rows that nobody keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from rtwidget.feed.follower import Follower
from rtwidget.feed.runtime.signal import Signal
from rtwidget.feed.sharing.ownership import Ownership
from rtwidget.feed.status import Status
from rtwidget.view.grid_rows import GridRows

T = TypeVar("T")


class GridTable(GridRows, Protocol):
    """A table that a grid can show; any thread, unless it says otherwise.

    Which rows are chosen is no part of it: a selection is keys (`view/selection.py`), and every row of every table has one.
    """

    title: str
    closed: bool
    ownership: Ownership

    @property
    def status(self) -> Status:
        """The situation now."""
        ...

    @property
    def revision(self) -> int:
        """Another number for other rows."""
        ...

    @property
    def signal(self) -> Signal:
        """Rises with every change of rows or situation."""
        ...

    @property
    def displayed(self) -> bool:
        """Whether a view ever showed the table."""
        ...

    def used(self, *, displayed: bool = False) -> bool:
        """Take note that somebody looks, and wake the table if it sleeps; returns whether it slept."""
        ...

    def refresh(self) -> None:
        """Verify now, and try at once whatever waits for another attempt."""
        ...

    def follow(self, follower: Follower) -> None:
        """Tell a follower every change of rows or situation from now on."""
        ...

    def unfollow(self, follower: Follower) -> None:
        """Tell it nothing more."""
        ...

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function soon on the loop thread; does nothing once the table is closed."""
        ...

    def wait(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        """Block until a look at the table returns something; any thread but the loop thread.

        Args:
            look: Called now and after every change; may raise.
            timeout_s: How long to wait, in seconds.
            what: What is waited for, for the error.

        Raises:
            NotReadyError: When the time ran out.
        """
        ...

    def when_attached(self, function: Callable[[], object]) -> None:
        """Call a function once the table holds what feeds it, or cannot."""
        ...

    def close(self, finish: Callable[[], object] = lambda: None) -> None:
        """Give back what feeds the table and call `finish` on the loop; the rows stay readable. Twice is once."""
        ...
