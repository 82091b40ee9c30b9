"""The invariants of SPEC.md in `rtwidget/replica`, checked for one feed after everything that could break it.

A key may be wrong only while it is dirty, or while the change that made it wrong is younger than the last completed pass and
was not announced to this feed by name. That is sharper than "a pass is scheduled", which is always so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rtwidget.feed.feed import Feed
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead, PageRead, Pass
from rtwidget.replica.row_store import RowStore
from rtwidget.replica.rules import Replica
from rtwidget.replica.states.table_state import State
from tests.sim.clients.source import SimSource
from tests.sim.servers.table import Table

_IDLE_S = 12.0
"""Longer than the pause after a first failure that is not worth telling, and than an unattended table's gap."""


class ViolationError(AssertionError):
    """The simulation saw what must never be."""


class ObservedReplica(Replica):
    """The real rule, with a look at every step; mutants of it are made by subclasses."""

    def __init__(self, rows: RowStore, moment: Callable[[], int]) -> None:
        super().__init__(rows)
        self.moments: dict[int, int] = {0: 0}
        self.moment = moment
        # When a pass was last wanted; none has begun later and been completed.
        self.owed: int | None = None
        self.marked: Callable[[Iterable[Key]], None] = lambda _keys: None
        self.released: Callable[[Mapping[Key, int]], None] = lambda _moments: None
        self.stepped: Callable[[], None] = lambda: None
        self.passed: Callable[[], None] = lambda: None

    def _tick(self) -> int:
        now = super()._tick()
        self.moments[now] = self.moment()
        return now

    def invalidate(self, keys: Iterable[Key]) -> None:
        named = tuple(keys)
        super().invalidate(named)
        self.marked(named)

    def invalidate_all(self, reason: str) -> None:
        super().invalidate_all(reason)
        self.owed = self._now

    def overflow(self, reason: str) -> None:
        self.released({key: self.moments[at] for key, at in self.dirty.items()})
        super().overflow(reason)

    def complete_keys(self, read: KeyRead, rows: Mapping[Key, Row], *, whole: bool) -> Delta:
        delta = super().complete_keys(read, rows, whole=whole)
        self.stepped()
        return delta

    def take_rows(self, page: PageRead, rows: Mapping[Key, Row]) -> Delta:
        delta = super().take_rows(page, rows)
        self.stepped()
        return delta

    def complete_page(self, page: PageRead, rows: Mapping[Key, Row], last: Key | None) -> Delta:
        delta = super().complete_page(page, rows, last)
        self.stepped()
        return delta

    def complete_pass(self, of: Pass) -> Delta:
        running = self.running
        delta = super().complete_pass(of)
        if of is running:
            self.passed()
            self.owed = None if of.start > (self.owed or 0) else self.owed
        self.stepped()
        return delta


class Oracle:
    """Knows what one feed should hold.

    Args:
        feed: The feed.
        source: What it reads.
        table: The truth.
        replica: The rule, perhaps a mutant of it; takes the place of the feed's own.
        blame: Told what is wrong.
    """

    def __init__(
        self,
        feed: Feed,
        source: SimSource,
        table: Table,
        replica: type[ObservedReplica],
        blame: Callable[[str], None],
    ) -> None:
        self.feed = feed
        self.source = source
        self.name = f"{source.query.identity}/{source.query.status}/{source.query.top}"
        # Changes of keys that were not announced to this feed since, by the moment of the latest.
        self.unannounced: dict[Key, int] = {}
        self.complete = False
        self._held_in: tuple[object, ...] = ()
        self._table = table
        self._blame = blame
        self._busy_since: float | None = None
        self._view = table.view(source.query)
        self.replica = replica(feed.state.rows, lambda: table.moment)
        self.replica.marked = self._marked
        # Keys that are left to a pass count as unannounced from their notification on.
        self.replica.released = self.unannounced.update
        self.replica.stepped = self.check
        feed.state.replica = self.replica

    @property
    def equal(self) -> bool:
        """Whether the rows are the query's answer now."""
        return self.held() == self._view.answer

    def held(self) -> dict[Key, Row]:
        """Return the rows that the feed holds."""
        snapshot = self.feed.state.rows.snapshot(0)
        return dict(zip(snapshot.keys, snapshot.rows, strict=True))

    def look(self) -> None:
        """Demand the invariant, unless nothing that it speaks of has happened since it held."""
        if self._situation() != self._held_in:
            self.check()

    def check(self) -> None:
        """Demand the invariant."""
        self._held_in = self._situation()
        held, rule = self.held(), self.replica
        answer = self._view.answer
        floor = rule.moments[rule.floor]
        verified = self.feed.state.verified_at is not None
        for key, row in held.items():
            stamp = self.feed.state.rows.stamp(key)
            assert stamp is not None
            if not self._view.was_true(key, row, rule.moments[stamp]):
                self._blame(f"{self.name}: {row} was never the answer since its stamp {stamp}")
        for key in held.keys() | answer.keys():
            if held.get(key) == answer.get(key) or key in rule.dirty:
                continue
            if key not in held and not verified:
                continue
            if self.unannounced.get(key, -1) <= floor:
                self._blame(
                    f"{self.name}: {key} is {held.get(key)} instead of {answer.get(key)}, and nothing will repair it: "
                    f"changed at {self.unannounced.get(key)}, last pass began at {floor}"
                )

    def demand_attention(self, now: float, read_at: float) -> None:
        """Demand that a feed which says it is well reads what waits.

        Args:
            now: The time.
            read_at: When its last read began.
        """
        state, rule = self.feed.state, self.replica
        well = state.lifecycle.state in {State.LIVE, State.POLLING}
        if not (well and (rule.dirty or (rule.owed and rule.running is None))):
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = now
        # Whoever asks for a pass ends the gap that it waited for, so what waits begins to wait then.
        asked_at = state.plan._asked_at
        wanted_at = state.plan.wanted_at(now) if rule.owed else 0.0
        paced = [state.pacing.not_before, asked_at, wanted_at]
        if now - max(self._busy_since or now, read_at, *paced) > _IDLE_S:
            self._blame(f"{self.name} is {state.lifecycle.state} and leaves unread what waits")

    def _situation(self) -> tuple[object, ...]:
        state, rule = self.feed.state, self.replica
        return self._table.moment, rule._now, rule.floor, state.verified_at, len(state.rows)

    def _marked(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self.unannounced.pop(key, None)
