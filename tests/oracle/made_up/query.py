"""What a live table is asked for, and the same in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.oracle.made_up.plan import STATUSES, TablePlan

# What a view may ask for, and the same in SQL; None asks for all rows.
_FILTERS: tuple[tuple[object, str], ...] = (
    (None, "true"),
    (None, "true"),
    ({"status": STATUSES[2]}, f"status = '{STATUSES[2]}'"),
    ("score=gte.25", "score >= 25"),
    (["score=lt.40", {"status": ["open", STATUSES[2]]}], "score < 40 and status <> 'closed'"),
    ({"score": None}, "score is null"),
)


@dataclass(frozen=True)
class Query:
    """What is asked for, to rtwidget and in SQL.

    Args:
        user: Whose token; None asks as the service role.
        columns: The columns, or None for all.
        filter: For rtwidget.
        where: The same in SQL.
        limit: How many rows of the highest score, or None for all rows.
        verify_every: The interval of passes, or None for the budgeted one.
    """

    user: str | None
    columns: tuple[str, ...] | None
    filter: Any
    where: str
    limit: int | None
    verify_every: float | None

    @classmethod
    def made_by(
        cls, chance: Random, plan: TablePlan, user: str | None, verify_every: float | None
    ) -> Query:
        given, where = chance.choice(_FILTERS)
        names = [name for name in plan.types if name not in (*plan.key, "owner", "team")]
        # Owner and team stay, because they say whose a row is.
        few = (*chance.sample(names, chance.randrange(1, len(names))), "owner", "team")
        return cls(
            user,
            few if chance.random() < 0.3 else None,
            given,
            where,
            chance.choice([5, 30]) if chance.random() < 0.2 else None,
            verify_every,
        )
