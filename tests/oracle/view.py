"""One live table of a run, and the `select` that it has to equal."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pandas as pd

from rtwidget import live_table
from rtwidget.widget.live_table import LiveTable
from tests.oracle.made_up.cells import plain
from tests.oracle.made_up.plan import ADA, BOB, BY_TEAM, NO_POLICY, TablePlan
from tests.oracle.made_up.query import Query
from tests.oracle.servers.database import Database
from tests.oracle.servers.target import Target
from tests.oracle.spy import Spy

Cells = dict[Any, tuple[Any, ...]]
VERIFYING_SHARE = 0.3
"""The share of runs whose tables verify themselves every second; the others' are told to."""


@dataclass
class View:
    """A live table under one query.

    Args:
        plan: The table.
        query: What is asked.
        server: Where.
        allowed: For each user the teams it has ever belonged to.
    """

    plan: TablePlan
    query: Query
    server: Target
    allowed: dict[str, set[str]]
    table: LiveTable = field(init=False)
    spy: Spy = field(init=False)

    def __post_init__(self) -> None:
        query = self.query
        self.table = live_table(
            self.plan.name,
            **self.server.arguments(query.user),
            columns=query.columns,
            filter=query.filter,
            order_by="score.desc" if query.limit else None,
            limit=query.limit,
            primary_key=self.plan.key,
            types=self._types(),
            numeric="decimal",
            verify_every=query.verify_every,
        )
        self.spy = Spy(self.table, self._is_foreign)
        self.table._handle.follow(self.spy)

    def __repr__(self) -> str:
        return f"{self.query} on {self.plan.policy} {self.plan.key_kind}: {self.table!r}, {self.table.stats}"

    def _is_foreign(self, row: Mapping[str, object]) -> bool:
        user, policy = self.query.user, self.plan.policy
        if user is None or policy == NO_POLICY:
            return False
        if policy == BY_TEAM:
            return row["team"] not in self.allowed.get(user, set())
        return row["owner"] != user

    def claims(self) -> dict[str, str]:
        user = self.query.user
        return {"role": "service_role"} if user is None else {"role": "authenticated", "sub": user}

    def wanted(self, database: Database) -> Cells:
        """Return what the view has to show now."""
        types = self._types()
        columns = ", ".join(f"{n}::text" if t == "jsonb" else n for n, t in types.items())
        order = f" order by score desc, {', '.join(self.plan.key)}"
        limit = f"{order} limit {self.query.limit}" if self.query.limit else ""
        query = f"select {columns} from {self.plan.name} where {self.query.where}{limit}"
        return dict(self._keyed(database.select_as(self.claims(), query)))

    def shown(self, frame: pd.DataFrame) -> Cells:
        """Return what the view shows."""
        if frame.empty:
            return {}  # the columns of a table that never had a row may be unknown
        flat = frame.reset_index()[list(self._types())]
        return dict(self._keyed(flat.itertuples(index=False, name=None)))

    def wait_equal(self, wanted: Cells, timeout_s: float) -> None:
        """Wait until it shows that.

        Raises:
            AssertionError: It does not in time.
        """
        try:
            self.table.wait_for(lambda frame: self.shown(frame) == wanted, timeout_s)
        except Exception as problem:
            frame = self.table.to_pandas(partial=True)
            raise AssertionError(_difference(self.shown(frame), wanted)) from problem

    def wait_live(self, timeout_s: float) -> None:
        """Wait until the stream is live, pressing "retry" instead of sitting out its pauses."""
        arrived = threading.Event()
        pressing = threading.Thread(target=self._press_retry, args=[arrived], daemon=True)
        pressing.start()
        try:
            self.table._handle.wait(self._is_live, timeout_s, "The state live")
        finally:
            arrived.set()
            pressing.join()

    def _is_live(self) -> bool | None:
        self.table._handle.check()
        return True if self.table.status.state == "live" else None

    def _press_retry(self, arrived: threading.Event) -> None:
        while not arrived.wait(0.3):
            self.table.refresh()

    def _types(self) -> dict[str, str]:
        asked = self.query.columns
        types = self.plan.types
        kept = types if asked is None else {*self.plan.key, *asked}
        return {name: kind for name, kind in types.items() if name in kept}

    def _keyed(self, rows: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        kinds, width = list(self._types().values()), len(self.plan.key)
        for row in rows:
            cells = tuple(plain(cell, kind) for cell, kind in zip(row, kinds, strict=True))
            yield cells[:width], cells


def open_views(
    chance: Random, plan: TablePlan, server: Target, allowed: dict[str, set[str]]
) -> list[View]:
    """Open a view for each of two users and the service role, and one more."""
    users = [ADA, BOB, None, chance.choice([ADA, BOB, None])]
    verify_every = 1.0 if chance.random() < VERIFYING_SHARE else None
    queries = [Query.made_by(chance, plan, user, verify_every) for user in users]
    return [View(plan, query, server, allowed) for query in queries]


def _difference(shown: Cells, wanted: Cells) -> str:
    missing = {key: row for key, row in wanted.items() if key not in shown}
    ghosts = {key: row for key, row in shown.items() if key not in wanted}
    other = {key: (shown[key], row) for key, row in wanted.items() if shown.get(key, row) != row}
    return f"missing {missing}\nghosts {ghosts}\nother (shown, wanted) {other}"
