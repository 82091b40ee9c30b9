"""A message that is right, and things that are none."""

from __future__ import annotations

from typing import Any

GOOD: dict[str, Any] = {"kind": "window", "view": "v", "id": 2, "first": 0, "count": 5}


def deep(levels: int) -> object:
    """Return lists in lists."""
    found: object = []
    for _ in range(levels):
        found = [found]
    return found
