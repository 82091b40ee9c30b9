"""An event loop whose time is virtual: it never waits, and the same calls always run in the same order."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

EPOCH_S = 1_800_000_000.0
_BEGIN_S = 1_000.0
# So many turns without any time passing are an endless loop, not work.
_MOST_TURNS = 50_000


class StuckError(Exception):
    """Nothing can ever happen again, or something happens for ever at one moment."""


class _Selector(selectors.SelectSelector):
    """Waits by moving the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = _BEGIN_S
        self._turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise StuckError("Nothing is scheduled, so nothing can ever happen again.")
        if timeout > 0:
            self.now_s += timeout
            self._turns = 0
        self._turns += 1
        if self._turns > _MOST_TURNS:
            raise StuckError(f"{_MOST_TURNS} turns of the loop at {self.now_s:.3f} s.")
        return []


class _Task(asyncio.Task[Any]):
    """Sets of tasks are walked in the order of hashes, which by default are addresses."""

    def __init__(self, number: int, work: Coroutine[Any, Any, Any], **options: Any) -> None:
        self._number = number
        super().__init__(work, **options)

    def __hash__(self) -> int:
        return self._number


class VirtualLoop(asyncio.SelectorEventLoop):
    """An asyncio loop on a virtual clock."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        self._created = 0
        self.slept_s = 0.0
        super().__init__(self._virtual)
        self.set_task_factory(self._make_task)

    def time(self) -> float:
        return self._virtual.now_s

    def wall(self) -> float:
        """Return the wall clock, in Unix seconds; it goes on while the machine sleeps."""
        return EPOCH_S + self.time() + self.slept_s

    def _make_task(
        self, loop: asyncio.AbstractEventLoop, work: Any, **options: Any
    ) -> asyncio.Task[Any]:
        self._created += 1
        return _Task(self._created, work, loop=loop, **options)
