"""Tables that live, open and close for hours while a writer writes and everything fails now and then."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random

from rtwidget.local.demo.demo_table import TABLE, create_demo
from rtwidget.local.demo.demo_writer import DemoWriter
from tests.oracle.lane import Lane
from tests.oracle.made_up.plan import ADA, NO_POLICY, TablePlan
from tests.oracle.made_up.query import Query
from tests.oracle.servers.troubles import Trouble, choose
from tests.oracle.view import View
from tests.soak.measures import Measure, grown

CHANGES_PER_S = 20.0
CYCLE_S = 3.0
"""Between two troubles, on average."""
CYCLES_A_ROUND = 3
"""After so many the writer pauses, and every table is compared."""
REPAIRED_S = 60.0
"""A table may wait so long for a pass after the last fault."""

_TYPES = {
    "id": "int8",
    "agent": "text",
    "title": "text",
    "status": "text",
    "score": "float8",
    "amount": "numeric",
    "payload": "jsonb",
    "tags": "text[]",
    "is_urgent": "bool",
    "due": "date",
    "created_at": "timestamptz",
    "updated_at": "timestamptz",
}


class DemoPlan(TablePlan):
    """The demo's table."""

    @property
    def types(self) -> dict[str, str]:
        return _TYPES


PLAN = DemoPlan(TABLE, "bigint", (), NO_POLICY)
LASTING = (
    Query(ADA, None, None, "true", None, None),
    Query(ADA, None, {"status": "pending"}, "status = 'pending'", None, None),
    Query(None, None, None, "true", 20, None),
    Query(None, ("status", "score"), "score=gte.0.5", "score >= 0.5", None, 2.0),
)


@dataclass
class Soak:
    """One run.

    Args:
        seed: Of all choices; timing is the machine's.
    """

    seed: int
    measures: list[Measure] = field(default_factory=list)
    divergences: list[str] = field(default_factory=list)
    rounds: int = 0
    troubles: int = 0
    opened: int = 0
    changes: int = 0

    def run(self, minutes: float) -> list[str]:
        """Do it, with a line a minute; return what was wrong."""
        self._chance = Random(self.seed)
        ends = time.monotonic() + 60 * minutes
        next_line = time.monotonic()
        with Lane() as lane:
            create_demo(lane.postgres.dsn)
            views = [View(PLAN, query, lane.server, {}) for query in LASTING]
            try:
                while time.monotonic() < ends:
                    self._round(lane, views)
                    if time.monotonic() >= next_line:
                        next_line += 60
                        print(self, flush=True)  # noqa: T201  (what the soak is watched by)
            finally:
                for view in views:
                    view.table.close()
        return self.divergences + grown(self.measures)

    def __str__(self) -> str:
        return (
            f"{time.strftime('%H:%M:%S')} round {self.rounds}: {self.changes} changes, {self.troubles} troubles, "
            f"{self.opened} tables opened, {len(self.divergences)} divergences; {self.measures[-1]}"
        )

    def _round(self, lane: Lane, views: list[View]) -> None:
        with DemoWriter(lane.postgres.dsn, CHANGES_PER_S, self._chance.randrange(2**32)) as writer:
            for _ in range(CYCLES_A_ROUND):
                self._cycle(lane, choose(self._chance, lane.troubles))
        self.changes += writer.changes
        self.rounds += 1
        lane.server.catch_up()
        lane.server.fault("clear")
        for view in views:
            view.table.refresh()
            try:
                view.wait_equal(view.wanted(lane.database), REPAIRED_S)
                view.wait_live(REPAIRED_S)
            except Exception as problem:  # noqa: BLE001  (told at the end; the soak goes on)
                self.divergences.append(f"round {self.rounds}, seed {self.seed}: {view}\n{problem}")
        self.measures.append(Measure.now(lane.server.subscriptions()))

    def _cycle(self, lane: Lane, troubles: list[Trouble]) -> None:
        self.troubles += len(troubles)
        for trouble in troubles:
            trouble.begin(lane.server)
        passing = [
            View(PLAN, query, lane.server, {})
            for query in self._chance.sample(LASTING, self._chance.randrange(3))
        ]
        self.opened += len(passing)
        time.sleep(self._chance.uniform(0, CYCLE_S))
        for trouble in troubles:
            trouble.during(lane.server, lane.postgres.faults)
        time.sleep(self._chance.uniform(0, CYCLE_S))
        # Some are closed before they were ever ready.
        for view in passing:
            view.table.close()
        if self._chance.random() < 0.5:
            lane.server.fault("clear")
