"""One run: a made-up table, live tables on it, and batches of changes while things go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.oracle.lane import Lane
from tests.oracle.made_up.plan import TablePlan
from tests.oracle.made_up.writer import Writer
from tests.oracle.servers.troubles import Loss, Trouble, choose
from tests.oracle.view import View, open_views
from tests.patience import PATIENCE_S

ANNOUNCED_S = 30.0
"""Within so long notifications alone make it right when nothing was lost."""
REPAIRED_S = PATIENCE_S
"""Within so long a pass makes it right after a loss: the next scheduled one with `verify_every=1`, else `refresh()`.
Usually it takes a second; after an outage reads first sit out their pause, which is about as long as the outage was."""
LIVE_S = PATIENCE_S


@dataclass
class Run:
    """What a seed does.

    Args:
        seed: Of all choices; timing is the machine's.
        lane: Where.
    """

    seed: int
    lane: Lane
    trace: list[str] = field(default_factory=list)

    def go(self, batches: int) -> None:
        """Do it.

        Raises:
            AssertionError: With the seed and what happened before.
        """
        chance = Random(self.seed)
        plan = TablePlan.made_by(chance, f"oracle_{self.seed}")
        allowed: dict[str, set[str]] = {}
        writer = Writer(plan, chance, allowed)
        self.lane.database.run(plan.ddl())
        self.lane.server.announce(plan.name)
        self.lane.database.run("; ".join(writer.first_rows(chance.choice([0, 40, 150]))))
        views = open_views(chance, plan, self.lane.server, allowed)
        try:
            for view in views:
                view.wait_live(LIVE_S)
            for number in range(batches):
                self._batch(number, chance, writer, views)
        except Exception as problem:
            trace = "\n".join([*self.trace, *map(repr, views)])
            raise AssertionError(
                f"RTWIDGET_ORACLE_SEED={self.seed} failed.\n{trace}\n{problem}"
            ) from problem
        finally:
            for view in views:
                view.table.close()
            self.lane.database.run(f"drop table {plan.name}, {plan.members}")

    def _batch(self, number: int, chance: Random, writer: Writer, views: list[View]) -> None:
        batch, troubles = writer.batch(), choose(chance, self.lane.troubles)
        self.trace.append(f"batch {number}: {[trouble.name for trouble in troubles]}")
        self.trace += [f"  {'; '.join(statements)}" for statements in batch.transactions]
        for trouble in troubles:
            trouble.begin(self.lane.server)
        for place, statements in enumerate(batch.transactions):
            self.lane.database.run(f"begin; {'; '.join(statements)}; commit")
            if place == 0:
                for trouble in troubles:
                    trouble.during(self.lane.server, self.lane.postgres.faults)
        if any(trouble.loss is Loss.SILENT for trouble in troubles):
            # Only now have the changes met the fault; before, clearing it would deliver them.
            self.lane.server.catch_up()
        self.lane.server.fault("clear")
        self._check(views, heard=not self.lane.unheard(batch) and _nothing_lost(troubles))
        # One in five batches begins before the streams are back.
        if chance.random() < 0.8:
            for view in views:
                view.wait_live(LIVE_S)

    def _check(self, views: list[View], *, heard: bool) -> None:
        for view in views:
            live = view.table.status.state == "live"
            announced = heard and live
            if not announced and view.query.verify_every is None:
                view.table.refresh()
            view.wait_equal(
                view.wanted(self.lane.database), ANNOUNCED_S if announced else REPAIRED_S
            )
            assert view.spy.foreign == []


def _nothing_lost(troubles: list[Trouble]) -> bool:
    return all(trouble.loss is Loss.NOTHING for trouble in troubles)
