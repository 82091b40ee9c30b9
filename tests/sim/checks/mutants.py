"""The rule with one clause removed, each a subclass: the simulation must notice every one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead, PageRead, Pass
from rtwidget.replica.row_store import RowStore
from tests.sim.checks.oracle import ObservedReplica


class NoDirty(ObservedReplica):
    """1: a notification marks its keys."""

    def invalidate(self, keys: Iterable[Key]) -> None:
        super().invalidate(keys)
        self.dirty.clear()


class NoLaterDirty(ObservedReplica):
    """1: a later notification moves the time."""

    def invalidate(self, keys: Iterable[Key]) -> None:
        before = dict(self.dirty)
        super().invalidate(keys)
        self.dirty.update(before)


class NoFloor(ObservedReplica):
    """3: answers older than the floor are discarded."""

    def complete_keys(self, read: KeyRead, rows: Mapping[Key, Row], *, whole: bool) -> Delta:
        floor, self.floor = self.floor, 0
        stepped, self.stepped = self.stepped, lambda: None
        delta = super().complete_keys(read, rows, whole=whole)
        self.floor, self.stepped = floor, stepped
        stepped()
        return delta


class NoNewer(ObservedReplica):
    """3: a newer row, or a newer removal, stays."""

    def _store(self, rows: Mapping[Key, Row], start: int, delta: Delta, area: int = -1) -> None:
        gone, self.gone = self.gone, {}
        for key, row in rows.items():
            if self.rows.stamp(key) is not None:
                self.rows.remove(key)
            super()._store({key: row}, start, delta, area)
        self.gone = gone


class NoRemoval(ObservedReplica):
    """3: a key that did not come back is removed."""

    def _remove(self, key: Key, start: int, delta: Delta) -> None:
        pass


class NoWhole(ObservedReplica):
    """3: but only if the answer is whole."""

    def complete_keys(self, read: KeyRead, rows: Mapping[Key, Row], *, whole: bool) -> Delta:
        return super().complete_keys(read, rows, whole=True)


class NoLaterThanStart(ObservedReplica):
    """3: a key stays dirty if its notification is later than the read."""

    def _clean(self, keys: Iterable[Key], start: int) -> None:
        for key in keys:
            self.dirty.pop(key, None)


class NoSweep(ObservedReplica):
    """4: rows that a pass did not see are removed."""

    def complete_pass(self, of: Pass) -> Delta:
        of.seen.update(self.rows.unseen_since(of.start))
        return super().complete_pass(of)


class NoCoverage(ObservedReplica):
    """4: dirty keys are covered by a pass."""

    def complete_pass(self, of: Pass) -> Delta:
        before = dict(self.dirty)
        delta = super().complete_pass(of)
        self.dirty.update(before)
        return delta


class NoStandingWant(ObservedReplica):
    """4: a want is satisfied only by a pass that began later."""

    def complete_pass(self, of: Pass) -> Delta:
        running = of is self.running
        delta = super().complete_pass(of)
        if running:
            self.want = None
        return delta


class NoLastChain(ObservedReplica):
    """4: a pass is complete when every chain has ended, not when one has."""

    def complete_page(self, page: PageRead, rows: Mapping[Key, Row], last: Key | None) -> Delta:
        delta = super().complete_page(page, rows, last)
        for chain in page.of.chains:
            chain.ended = page.chain.ended
        return delta


class NoFailing(ObservedReplica):
    """5: keys of a failed read stay dirty."""

    def fail(self, read: KeyRead | PageRead) -> None:
        super().fail(read)
        if isinstance(read, KeyRead):
            for key in read.keys:
                self.dirty.pop(key, None)


class NoResetFloor(ObservedReplica):
    """6: a reset raises the floor."""

    def reset(self, reason: str, rows: RowStore | None = None) -> None:
        floor = self.floor
        super().reset(reason, rows)
        self.floor = floor


BY_SEEDS: tuple[type[ObservedReplica], ...] = (
    NoDirty,
    NoLaterDirty,
    NoRemoval,
    NoWhole,
    NoLaterThanStart,
    NoSweep,
    NoLastChain,
    NoFailing,
)
"""Those that seeds find soon; scenes, or tests of the rule alone, show the others."""
