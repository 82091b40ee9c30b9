"""Somebody who writes into the table: transactions of one to four rows, and now and then something that nobody announces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from rtwidget.replica.keys import Key
from tests.sim.runs.plan import Plan
from tests.sim.servers.table import USERS, Record, Table

_NUMBERS = 40
_UNANNOUNCED_SHARE = 0.04


class Writer:
    """Writes at random.

    Args:
        table: The table.
        plan: How often, and what.
        random: The run's random numbers.
        said: Told each write, for the trace.
    """

    def __init__(self, table: Table, plan: Plan, random: Random, said: Callable[..., None]) -> None:
        self._table = table
        self._plan = plan
        self._random = random
        self._said = said

    def fill(self) -> None:
        """Write the rows that are there at first."""
        keys = {self._any_key(): None for _ in range(self._plan.rows)}
        self._table.commit({key: self._record() for key in keys}, {})

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await asyncio.sleep(self._random.expovariate(self._plan.writes_per_s))
            if not self._plan.quiet and self._random.random() < _UNANNOUNCED_SHARE:
                self.write_unannounced()
            else:
                self.write()

    def write(self) -> None:
        """Commit one transaction of inserts, updates, deletes and changes of keys."""
        changes: dict[Key, Record | None] = {}
        moved: dict[Key, Key] = {}
        for _ in range(self._random.choice([1, 1, 2, 4])):
            key = self._any_key()
            if key in changes:
                continue
            if self._random.random() < 0.2:
                changes[key] = None
            elif self._random.random() < 0.1 and key in self._table.records:
                fresh = self._any_key()
                if fresh not in self._table.records and fresh not in changes:
                    changes[key], changes[fresh] = None, self._record()
                    moved[key] = fresh
            else:
                changes[key] = self._record()
        self._said("write", self._table.moment + 1, changes, moved)
        self._table.commit(changes, moved)

    def write_unannounced(self) -> None:
        """Change what no notification ever names."""
        kind = self._random.choice(["truncate", "policy", "columns", "owner", "owner"])
        self._said("unannounced", self._table.moment + 1, kind)
        if kind == "truncate":
            self._table.truncate()
        elif kind == "policy":
            self._table.flip_sharing()
        elif kind == "columns":
            self._table.flip_column()
        elif self._table.records:
            key = self._random.choice(list(self._table.records))
            record = self._table.records[key]
            other = USERS[1 - USERS.index(str(record["owner"]))]
            self._table.commit({key: {**record, "owner": other}}, {})

    def _any_key(self) -> Key:
        number = self._random.randrange(_NUMBERS)
        if self._plan.composite:
            return ("aBcD"[number % 4], number // 4)
        return (number,)

    def _record(self) -> Record:
        random = self._random
        # Without losses nobody's row becomes somebody else's on Supabase: policies hide such a change.
        hides = self._plan.quiet and not self._plan.postgres
        owner = USERS[0] if hides else random.choice(USERS)
        return {
            "owner": owner,
            "status": random.choice(["open", "open", "shut"]),
            "shared": random.random() < 0.3,
            "score": random.randrange(100),
            "note": random.choice(["x", "y"]),
        }
