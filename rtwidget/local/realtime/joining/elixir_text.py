"""Values as Elixir prints them, because the real server's messages contain such prints. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def inspect(value: object) -> str:
    """Print a JSON value or a tuple as Elixir's `inspect` does on one line."""
    # Before numbers, because in Python true is one.
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        # Elixir prints the keys of small maps in order.
        pairs = (f"{inspect(key)} => {inspect(value[key])}" for key in sorted(value))
        return "%{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence):
        opening, closing = ("{", "}") if isinstance(value, tuple) else ("[", "]")
        return opening + ", ".join(map(inspect, value)) + closing
    return str(value)
