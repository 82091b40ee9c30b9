"""Rows such as people keep in `agent_proposals`: with nulls, empty text, long JSON and the rest."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

Cell = str | bool | None

COLUMNS = [
    {"name": name, "kind": kind, "key": name == "id"}
    for name, kind in (
        ("id", "int"),
        ("agent", "text"),
        ("title", "text"),
        ("status", "text"),
        ("score", "float"),
        ("amount", "numeric"),
        ("payload", "json"),
        ("tags", "array"),
        ("is_urgent", "bool"),
        ("due", "date"),
        ("created_at", "timestamptz"),
        ("updated_at", "timestamptz"),
    )
]
AGENTS = ("scout", "planner", "reviewer", "billing-bot", "köln-agent")
TITLES = (
    "Rotate the read replicas before Friday",
    "Refund order 88123",
    "null",
    "",
    "Line one\nline two",
    "מסמך חדש 🚀",
    "<b>bold</b><script>alert(1)</script>",
    "Merge duplicate customers whose e-mail addresses differ only in case and trailing spaces",
)
STATES = ("pending", "approved", "rejected", "needs-info")
TAGS: tuple[list[str] | None, ...] = (
    ["ops"],
    ["money", "customer"],
    [],
    None,
    ["ops", "urgent", "db"],
)
START = datetime(2026, 11, 22, 18, 37, 5, tzinfo=UTC)


def row(index: int) -> list[Cell]:
    """The row at that index, always the same."""
    created = START - timedelta(minutes=17 * index, microseconds=index * 977)
    payload = {"model": "m-large", "steps": index % 9, "budget": {"usd": index * 1.25}}
    if index % 6 == 1:
        payload["note"] = "because the last three runs disagreed about which replica to drain " * 4
    tags = TAGS[index % len(TAGS)]
    return [
        str(9_007_199_254_740_993 if index == 2 else 41_200 + index),
        AGENTS[index % len(AGENTS)],
        TITLES[index % len(TITLES)],
        STATES[index % len(STATES)],
        None if index % 7 == 3 else str(round((index * 37 % 101) / 101, 4)),
        None if index % 9 == 4 else f"{(index * 7919) % 250_000}.{index % 100:02d}",
        None if index % 8 == 5 else json.dumps(payload),
        None if tags is None else json.dumps(tags),
        None if index % 11 == 6 else index % 4 == 0,
        None if index % 5 == 2 else str(date(2026, 12, 1) + timedelta(days=index)),
        created.isoformat(),
        (created + timedelta(minutes=3)).isoformat(),
    ]


def rows(count: int) -> list[list[Cell]]:
    """The first rows."""
    return [row(index) for index in range(count)]
