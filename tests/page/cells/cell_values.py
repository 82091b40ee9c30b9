"""Values of each kind at their edges, and as they come."""

from __future__ import annotations

import random
import struct
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.number_text import float_text, number_cell

ROWS: Final = 150


EDGES: Final[dict[str, list[Any]]] = {
    "float": [
        "NaN",
        "Infinity",
        "-Infinity",
        "-0",
        "0",
        "1e+15",
        "1e+21",
        "1.5e-07",
        "1e-06",
        "5e-324",
    ],
    "numeric": ["NaN", "-0.00", "0", "1e+20", "-1234567.8900", "999999.5", "0.285", "999950"],
    "int": ["9223372036854775807", "-1000", "999", "0"],
    "timestamptz": [
        "infinity",
        "9999-12-31T12:00:00+00:00",
        "0001-01-03T00:00:00+00:00",
        "0044-03-15T12:00:00+00:00 BC",
        "2026-03-08T07:00:00+00:00",
        "2026-11-01T05:59:59.999999+00:00",
        "2026-01-01T00:00:00+09:00",
        "2026-01-01T00:00:00-03:30",
    ],
    "timestamp": ["2026-03-15T02:30:00.5", "-infinity"],
    "text": ["", "  ", "a\r\nb\tc\x07", "😀" * 301, "null", "\u202ea", "x" * 299 + "\n" * 3],
    "bool": [True, False],
    "uuid": ["018f6d2a-7c11-7abc-8def-0123456789ab"],
}


def whole(draw: random.Random) -> str:
    return str(draw.randint(-(10 ** draw.randint(1, 18)), 10 ** draw.randint(1, 18)))


def real(draw: random.Random) -> str:
    kinds = (
        lambda: struct.unpack("d", draw.randbytes(8))[0],
        lambda: draw.uniform(-1, 1) * 10.0 ** draw.randint(-9, 12),
        lambda: round(draw.uniform(-5000, 5000), draw.randint(0, 5)),
        lambda: draw.randint(-(10**6), 10**6) / 2 ** draw.randint(0, 8),
        lambda: float(f"{draw.randint(0, 9)}.{draw.randint(0, 99)}5"),
        lambda: draw.randint(10**5, 10**6) / 8 + 1 / 16,
        lambda: float(f"{draw.randint(10**5, 10**6 - 1)}5e{draw.randint(-14, 12)}"),
        lambda: draw.uniform(0.9999990, 1.0000010) * 10.0 ** draw.randint(-6, 16),
        lambda: draw.randint(1, 2**20) * 5e-324,
    )
    return float_text(draw.choice(kinds)())


def real_fraction(draw: random.Random) -> str:
    text = real(draw)
    return (
        text if "." in text else f"{text}.5" if text.lstrip("-").isdigit() else "0.1234567890123456"
    )


def decimal(draw: random.Random) -> str:
    digits = "".join(draw.choices("0123456789", k=draw.randint(1, 9)))
    return f"{draw.choice(['', '-'])}{draw.randint(0, 10 ** draw.randint(0, 12))}.{digits}"


def moment(draw: random.Random) -> str:
    begin, days = draw.choice([(1970, 20_000), (2020, 4_000), (1900, 90_000)])
    found = datetime(begin, 1, 1, tzinfo=UTC) + timedelta(
        days=draw.randint(0, days),
        seconds=draw.randint(0, 86_399),
        microseconds=draw.choice([0, 250_000]),
    )
    return found.isoformat().replace("250000", "25")


MAKERS: Final = {"int": whole, "float": real, "numeric": decimal, "timestamptz": moment}


def cells_of(kind: str, draw: random.Random) -> list[Cell]:
    """Return the cells of a column: its edges, a null, and some of all sorts."""
    edges: list[Any] = [None, *EDGES[kind]]
    make = MAKERS.get(kind)
    texts = edges + [make(draw) if make else draw.choice(EDGES[kind]) for _ in range(ROWS)]
    is_number = kind in ("int", "float", "numeric")
    return [number_cell(one) if is_number and one is not None else one for one in texts[:ROWS]]
