"""What one seed means: how long, how busy, and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from rtwidget.replica import budgets as b
from tests.sim.servers.table import USERS

_SHORT_S = (20.0, 120.0)
_LONG_S = (800.0, 1500.0)


@dataclass(frozen=True)
class Want:
    """A table that somebody opens, and perhaps looks at."""

    user: str
    status: str | None = None
    top: int | None = None
    attentive: bool = True
    verify_every_s: float | None = None


@dataclass(frozen=True)
class Plan:
    """The choices of one run.

    Args:
        busy_s: For how long there are writes and faults.
        quiet: Whether nothing may be lost, so that reads of keys alone must keep up.
        writes_per_s: How often transactions commit.
        faults_per_s: How often something goes wrong.
        latency_s: The least and the most time of one way over the network.
        wants: The tables that are open.
        composite: Whether the key has two columns.
        rows: How many rows there are at first.
        restless: Whether users close, open, pause, resume and refresh.
        versions: Whether the table has a trusted version column.
        row_bytes: What a row takes on the wire.
        page_rows: The server's cap of rows in a page.
        chains_from_rows: From how many rows on a pass is read in several chains.
        postgres: Whether the source is PostgreSQL itself, which announces exactly.
    """

    busy_s: float
    quiet: bool
    writes_per_s: float
    faults_per_s: float
    latency_s: tuple[float, float]
    wants: tuple[Want, ...]
    composite: bool
    rows: int
    restless: bool
    versions: bool
    row_bytes: int
    page_rows: int
    chains_from_rows: int
    postgres: bool = False

    @property
    def key_gap_s(self) -> float:
        """The least time between two reads of keys."""
        attended = any(want.attentive for want in self.wants)
        return b.KEY_READ_GAP_S if attended else b.KEY_READ_CALM_GAP_S


def plan_of(random: Random) -> Plan:
    """Choose everything that is fixed before a run begins."""
    quiet = random.random() < 0.15
    long = random.random() < 0.15
    busy_s = random.uniform(*(_LONG_S if long else _SHORT_S))
    slow = random.random() < 0.15
    attentive = random.random() < 0.8
    latency_s = (0.05, 0.4) if slow else (0.002, random.choice([0.01, 0.05]))
    wants = [
        Want(
            user=random.choice(USERS),
            status=random.choice([None, "open", "open"]),
            top=random.choice([None, None, None, 5]),
            attentive=attentive,
        )
        for _ in range(random.choice([1, 2, 2, 3]))
    ]
    return Plan(
        busy_s=busy_s,
        quiet=quiet,
        writes_per_s=random.choice([0.05, 0.2]) if long else random.choice([0.3, 1.0, 3.0]),
        faults_per_s=0.0 if quiet else random.choice([0.05, 0.15, 0.4]) / (5 if long else 1),
        latency_s=latency_s,
        wants=tuple(wants),
        composite=random.random() < 0.4,
        rows=random.choice([0, 3, 12, 30]),
        restless=not quiet and random.random() < 0.4,
        versions=random.random() < 0.2,
        row_bytes=random.choice([40, 40, 400_000]),
        page_rows=random.choice([1000, 3, 3]),
        chains_from_rows=random.choice([b.CHAINS_FROM_ROWS, 4, 4]),
    )


def on_postgres(plan: Plan) -> Plan:
    """Return the same choices on PostgreSQL, where an identity is a login and never changes."""
    return replace(plan, postgres=True)
