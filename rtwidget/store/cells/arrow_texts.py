"""Arrow's values of the texts that the database writes, and its texts of floats. Pure; any thread."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.number_text import float_text

DAY: Final = r"(\d{3}[1-9]|\d\d[1-9]\d|\d[1-9]\d\d|[1-9]\d{3})-\d\d-\d\d"
"""A day of the years 1 to 9999; Arrow also takes a year 0, which neither PostgreSQL nor Python has."""
_TEXT: Final = pa.large_string()
INSTANT: Final = pa.timestamp("us", "UTC")
WALL: Final = pa.timestamp("us")
_MOMENT: Final = rf"^{DAY}T\d\d:\d\d:\d\d(\.\d{{1,6}})?"
PATTERNS: Final[MappingProxyType[pa.DataType, str]] = MappingProxyType(
    {
        pa.int64(): r"^-?\d+$",
        pa.date32(): f"^{DAY}$",
        WALL: _MOMENT + "$",
        INSTANT: _MOMENT + r"[+-]\d\d(:\d\d){0,2}$",
    }
)
"""How values of a type are written; Arrow reads more than these, such as `+5` and a year 0."""
_TO_THE_SECOND: Final = r"[+-]\d\d:\d\d:\d\d$"
_FIRST_US: Final = -62_135_596_800_000_000
_LAST_US: Final = 253_402_300_799_999_999
"""The years 1 to 9999, which an offset may leave."""
_ARROW_PLAIN: Final = (1e-4, 1e10)
"""Between these, Arrow and PostgreSQL write a float in the same way (decimal_in_shortest_high, float8out)."""
_WHOLE_BELOW: Final = 1e15


def read(texts: pa.Array, to: pa.DataType) -> pa.Array | None:
    """Return texts as values of a type, or None where one of them is not written as PostgreSQL writes those."""
    pattern = PATTERNS.get(to)
    if pattern is None or pc.all(pc.match_substring_regex(texts, pattern)).as_py() is False:
        return None
    try:
        values = pc.cast(_without_seconds(texts) if to == INSTANT else texts, to)
    except (pa.ArrowInvalid, OverflowError, ValueError):
        return None
    return None if to == INSTANT and not _has_years(values) else values


def float_texts(values: pa.Array) -> pa.Array:
    """Return floats as PostgreSQL writes them."""
    texts, sizes = pc.cast(values, _TEXT), pc.abs(values)
    low, high = _ARROW_PLAIN
    alike = pc.and_(pc.greater_equal(sizes, low), pc.less(sizes, high))
    other = pc.invert(pc.or_(alike, pc.equal(sizes, 0.0)))
    if not pc.any(other).as_py():
        return texts
    large = pc.and_(
        other, pc.and_(pc.equal(pc.floor(values), values), pc.less(sizes, _WHOLE_BELOW))
    )
    large = pc.and_(large, pc.greater_equal(sizes, high))
    whole = pc.cast(values.filter(large), pa.int64())
    texts = pc.replace_with_mask(texts, pc.fill_null(large, False), pc.cast(whole, _TEXT))  # noqa: FBT003
    rest = pc.fill_null(pc.and_not(other, large), False)  # noqa: FBT003
    written = [float_text(value) for value in values.filter(rest).to_pylist()]
    return pc.replace_with_mask(texts, rest, pa.array(written, _TEXT))


def _without_seconds(texts: pa.Array) -> pa.Array:
    """Return moments without offsets to the second, such as local mean times have, which Arrow does not read."""
    odd = pc.fill_null(pc.match_substring_regex(texts, _TO_THE_SECOND), False)  # noqa: FBT003
    if not pc.any(odd).as_py():
        return texts
    plain = [
        datetime.fromisoformat(text).astimezone(UTC).isoformat()
        for text in texts.filter(odd).to_pylist()
    ]
    return pc.replace_with_mask(texts, odd, pa.array(plain, texts.type))


def _has_years(instants: pa.Array) -> bool:
    ends = pc.min_max(pc.cast(instants, pa.int64()))
    first, last = ends["min"].as_py(), ends["max"].as_py()
    return first is None or (first >= _FIRST_US and last <= _LAST_US)
