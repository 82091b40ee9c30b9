"""Column types: how to write a random value of each in SQL, and how to compare what comes back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import pandas as pd

Write = Callable[[Random], str]
ODD_TEXTS = (
    "",
    "null",
    "a,b",
    'say "hi"',
    "(x)",
    "back\\slash",
    "per%cent",
    "a.b:c",
    "naïve ✓ 大阪",
    "&=+#?",
    "it''s",
    " spaces ",
    "{curly}",
    "tab\there",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of column.

    Args:
        sql: Its name.
        write: Makes a literal.
    """

    sql: str
    write: Write


def odd_text(chance: Random) -> str:
    return f"'{chance.choice(ODD_TEXTS)}'"


def _float(chance: Random) -> str:
    return chance.choice([repr(chance.uniform(-1e6, 1e6)), "'NaN'", "'Infinity'", "1e300", "0"])


def _numeric(chance: Random) -> str:
    return f"{chance.randrange(-(10**15), 10**15)}.{chance.randrange(10**8):08}"


def _json(chance: Random) -> str:
    value = {"n": chance.randrange(100), "list": [1, 2.5, None, "ü"], "big": 2**70}
    return f"'{json.dumps(chance.choice([value, [], chance.random(), None]))}'"


def _moment(chance: Random) -> str:
    return f"timestamptz '2024-01-01Z' + interval '{chance.randrange(10**13)} microseconds'"


KINDS = (
    Kind("text", odd_text),
    Kind("bigint", lambda chance: str(chance.choice([0, -5, 2**62, chance.randrange(10**6)]))),
    Kind("int4", lambda chance: str(chance.randrange(-1000, 1000))),
    Kind("float8", _float),
    Kind("numeric", _numeric),
    Kind("bool", lambda chance: chance.choice(["true", "false"])),
    Kind("date", lambda chance: f"date '2024-01-01' + {chance.randrange(3000)}"),
    Kind("timestamptz", _moment),
    Kind("jsonb", _json),
    Kind("text[]", lambda chance: chance.choice(["'{}'", "array['x', '', null, 'a,b']"])),
    Kind("uuid", lambda chance: f"'{UUID(int=chance.getrandbits(128))}'"),
)


def plain(value: Any, sql_type: str) -> Any:
    """Return a cell without what a driver or pandas makes of it."""
    if isinstance(value, float) and math.isnan(value):
        # pandas shows null and NaN alike; that much is its own.
        return None
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if sql_type == "jsonb":
        # REST cannot tell the JSON null from the absence of a value.
        parsed = json.loads(value)
        return None if parsed is None else json.dumps(parsed, sort_keys=True)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return tuple(value) if isinstance(value, list) else value
