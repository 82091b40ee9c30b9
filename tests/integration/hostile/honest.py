"""What a query of the tests asks for, answered truly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def honest_rows(rows: Mapping[int, str], query: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the rows of a query as rtwidget writes it: by key, within bounds, in either order."""
    keys, limit, selected = sorted(rows), len(rows), "*"
    for name, value in query:
        operator, _, operand = value.partition(".")
        if name == "id" and operator == "gt":
            keys = [key for key in keys if key > int(operand)]
        elif name == "id" and operator == "lte":
            keys = [key for key in keys if key <= int(operand)]
        elif name == "id" and operator == "in":
            asked = {int(part.strip('"')) for part in operand.strip("()").split(",")}
            keys = [key for key in keys if key in asked]
        elif name == "order" and value == "id.desc":
            keys.reverse()
        elif name == "limit":
            limit = int(value)
        elif name == "select":
            selected = value
    named = ("id",) if selected == "id" else ("id", "name")
    return [{name: {"id": key, "name": rows[key]}[name] for name in named} for key in keys[:limit]]
