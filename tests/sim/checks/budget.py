"""The budgets of SPEC.md in `rtwidget/replica`, demanded where reads arrive."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable

from rtwidget.replica import budgets as b
from tests.sim.clients.source import SimSource

_SLACK_S = 1e-6
# The first is there before the budget, and a ping asks for nothing, once for all tables.
_UNCOUNTED = frozenset({"describe", "ping"})
# A pass that ended without success may be tried again at once, but not again and again.
_MOST_VAIN_PASSES = 8
_VAIN_IN_S = 4.0


class BudgetMeter:
    """Counts the reads of one project.

    Args:
        loop: The run's loop.
        said: Told each read, for the trace.
        blame: Told what costs too much.
        key_gap_s: The least time between two reads of keys of one table.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        said: Callable[..., None],
        blame: Callable[[str], None],
        key_gap_s: float,
    ) -> None:
        self._key_gap_s = key_gap_s
        self._loop = loop
        self._said = said
        self._blame = blame
        self._tokens = b.PROJECT_READS_BURST
        self._filled_at = loop.time()
        self._key_read_at: dict[SimSource, float] = {}
        self._top_read_at: dict[SimSource, float] = {}
        self._failed: set[SimSource] = set()
        self._began: dict[SimSource, deque[float]] = {}
        self.reads: Counter[str] = Counter()
        self.busy: Counter[SimSource] = Counter()
        self.read_at: dict[SimSource, float] = {}
        self.in_flight = 0

    def began(self, source: SimSource, kind: str, size: int) -> None:
        """Demand that this read may begin now."""
        now = self._loop.time()
        self._said("read", source.query, kind, size)
        self.reads[kind] += 1
        self.busy[source] += 1
        self.read_at[source] = now
        self.in_flight += kind not in _UNCOUNTED
        if self.in_flight > b.PROJECT_READS_IN_FLIGHT:
            self._blame(f"{self.in_flight} reads in flight")
        if kind == "keys":
            self._key_read(source, size, now)
        if kind == "top":
            self._top_read(source, now)
        if kind == "describe":
            # Columns that changed make the next read another one.
            self._top_read_at.pop(source, None)
        if kind == "last":
            self._pass_began(source, now)

    def ended(self, source: SimSource, kind: str, *, failed: bool) -> None:
        """Take note that a read ended."""
        self.in_flight -= kind not in _UNCOUNTED
        self.busy[source] -= 1
        self.read_at[source] = self._loop.time()
        if failed:
            self._failed.add(source)

    def _key_read(self, source: SimSource, size: int, now: float) -> None:
        if size > b.KEY_READ_ROWS:
            self._blame(f"a read of {size} keys")
        least_s = self._key_gap_s - _SLACK_S
        if now - self._key_read_at.get(source, 0.0) < least_s:
            self._blame("two reads of keys within their least gap")
        self._key_read_at[source] = now
        filled = self._tokens + (now - self._filled_at) * b.PROJECT_READS_PER_S
        self._tokens = min(b.PROJECT_READS_BURST, filled) - 1.0
        self._filled_at = now
        if self._tokens < -1.0:
            self._blame("more reads of keys than the project's budget allows")

    def asked(self) -> None:
        """Take note that a user wants a read now, whatever it costs."""
        self._top_read_at.clear()

    def completed(self, source: SimSource) -> None:
        """Take note that a pass was completed."""
        self._began.pop(source, None)

    def _top_read(self, source: SimSource, now: float) -> None:
        if source in self._failed:
            # When a failed read is tried again is a matter of backoff; the gap counts from its first try.
            self._failed.discard(source)
            return
        if now - self._top_read_at.get(source, 0.0) < b.TOP_GAP_S - _SLACK_S:
            self._blame("two top-N reads within their least gap")
        self._top_read_at[source] = now

    def _pass_began(self, source: SimSource, now: float) -> None:
        began = self._began.setdefault(source, deque(maxlen=_MOST_VAIN_PASSES))
        if len(began) == _MOST_VAIN_PASSES and now - began[0] < _VAIN_IN_S:
            self._blame(f"{len(began)} vain passes within {_VAIN_IN_S:.0f} s")
        began.append(now)
