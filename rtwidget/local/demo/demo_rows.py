"""Believable rows for the demo's table. Pure: the same seed gives the same rows."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

STATUSES = ("pending", "approved", "rejected", "executed")
_FIRST_DUE = date(2026, 1, 5)
_DUE_DAYS = 365
# agent -> (what it proposes, about what, tags)
_TRADES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "pricing": (
        ("Lower the price of {}", "Raise the price of {}", "Bundle {} with its case"),
        ("trail shoes", "the 14-inch laptop", "oat coffee", "garden lamps", "rain jackets"),
        ("margin", "competitor", "clearance"),
    ),
    "procurement": (
        ("Reorder {}", "Change the supplier of {}", "Cancel the open order of {}"),
        ("printer paper", "M6 bolts", "cold packs", "shipping boxes", "lithium cells"),
        ("stock", "supplier", "lead-time"),
    ),
    "support": (
        ("Refund {}", "Escalate {}", "Offer a voucher for {}"),
        ("ticket 8841", "the Meyer order", "a late delivery to Gdańsk", "ticket 9120"),
        ("customer", "refund", "sla"),
    ),
    "compliance": (
        ("Review {}", "Hold {} until signed", "Archive {}"),
        ("the vendor contract", "export papers for lot 31", "the privacy notice"),
        ("legal", "audit"),
    ),
    "logistics": (
        ("Reroute {}", "Merge {} with Friday's truck", "Insure {}"),
        ("pallet 204", "the Rotterdam container", "the Osaka parcel 大阪", "pallet 77"),
        ("route", "delay", "carrier"),
    ),
}
# How often a cell is null or empty, so that a demo shows such cells too.
_EMPTY_TITLE, _NO_SCORE, _NO_AMOUNT, _NO_PAYLOAD, _NO_DUE = 0.02, 0.08, 0.1, 0.12, 0.15
_URGENT = 0.15


@dataclass(frozen=True, slots=True)
class Proposal:
    """The columns of `agent_proposals` that a writer fills, in table order."""

    agent: str
    title: str
    status: str
    score: float | None
    amount: Decimal | None
    payload: str | None
    tags: list[str]
    is_urgent: bool
    due: date | None

    def values(self) -> tuple[object, ...]:
        """The values in order, for an insert."""
        return astuple(self)


def make_proposal(random: Random) -> Proposal:
    """Make one row; now and then a value is null or a text is empty."""
    agent = random.choice(list(_TRADES))
    actions, things, tags = _TRADES[agent]
    title = random.choice(actions).format(random.choice(things))
    payload = {"source": random.choice(["nightly", "webhook", "manual"]), "attempt": 1}
    return Proposal(
        agent=agent,
        title="" if random.random() < _EMPTY_TITLE else title,
        status=random.choices(STATUSES, (6, 3, 2, 1))[0],
        score=None if random.random() < _NO_SCORE else round(random.betavariate(4, 2), 4),
        amount=None if random.random() < _NO_AMOUNT else make_amount(random),
        payload=None if random.random() < _NO_PAYLOAD else json.dumps(payload),
        tags=random.sample(tags, random.randint(0, len(tags))),
        is_urgent=random.random() < _URGENT,
        due=None
        if random.random() < _NO_DUE
        else _FIRST_DUE + timedelta(days=random.randrange(_DUE_DAYS)),
    )


def make_amount(random: Random) -> Decimal:
    """Make a price with two decimals, mostly small, sometimes large."""
    # As whole cents, so that no digit comes from a binary fraction.
    return Decimal(int(random.lognormvariate(10, 1.5))).scaleb(-2)
