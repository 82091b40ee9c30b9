"""Moments as they are drawn, to the second: those with a zone in the reader's, those without as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, typed_array
from rtwidget.store.snapshot import as_mask
from rtwidget.view.browser_text.zones import Instants, wall_clock

_MOMENT: Final = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"
_INSTANT: Final = _MOMENT + r"(Z|[+-]\d\d(:\d\d)?)$"
_UTC: Final = pa.timestamp("us", "UTC")
_SECOND_US: Final = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Moments of a column.

    Args:
        us: Microseconds after 1970-01-01, in UTC or on the wall clock; anything where there is none.
        known: Which of the cells are moments; others are null, `infinity`, or before the common era.
    """

    us: Instants
    known: npt.NDArray[np.bool_]


def moments(stored: StoredColumn) -> Moments:
    """Return the moments of a column of `timestamptz` (any thread)."""
    array = stored.array
    if pa.types.is_timestamp(array.type):
        # Only columns of nothing but moments and null are kept so.
        known = np.asarray(pc.is_valid(array))
        return Moments(np.asarray(pc.fill_null(array.view(pa.int64()), 0)), known)
    texts = typed_array(stored, TEXT)
    known = as_mask(pc.match_substring_regex(texts, _INSTANT))
    us = np.zeros(len(known), np.int64)
    try:
        instants = pc.cast(pc.filter(texts, pa.array(known)), _UTC)
        us[known] = np.asarray(instants.view(pa.int64()))
    except pa.ArrowInvalid:  # a day that no calendar has
        known = np.zeros(len(known), np.bool_)
    return Moments(us, known)


def in_zone(stored: StoredColumn, zone: str) -> Moments:
    """Return the same as the reader's clocks show them (any thread)."""
    found = moments(stored)
    return Moments(wall_clock(found.us, zone), found.known)


def instants_shown(stored: StoredColumn, zone: str) -> pa.Array:
    """Return `timestamptz` as the browser draws it (any thread)."""
    local = in_zone(stored, zone)
    if local.known.all():
        return _text(local.us)
    array = stored.array
    others = (
        # Beside what is kept as moments there is only null.
        pa.nulls(len(array), TEXT)
        if pa.types.is_timestamp(array.type)
        else typed_array(stored, TEXT)
    )
    return pc.replace_with_mask(others, pa.array(local.known), _text(local.us[local.known]))


def wall_shown(stored: StoredColumn) -> pa.Array:
    """Return `timestamp` as the browser draws it (any thread)."""
    if stored.encoding is Encoding.MOMENT:
        # Null is drawn as 1970 meanwhile; `ShownColumn.drawn` takes it out again.
        us = np.asarray(pc.fill_null(stored.array.view(pa.int64()), 0))
        return _text(us)
    texts = typed_array(stored, TEXT)
    # Beyond the years that Arrow reads, a text can still be cut by its shape.
    spaced = pc.replace_substring_regex(texts, r"^(\d{4,}-\d\d-\d\d)T(\d\d:\d\d)", r"\1 \2")
    return pc.replace_substring_regex(spaced, r"^(\d{4,}-\d\d-\d\d \d\d:\d\d.*?)\.\d+", r"\1")


def written(stored: StoredColumn) -> pa.Array:
    """Return moments of either kind as the database wrote them (any thread)."""
    if not pa.types.is_timestamp(stored.array.type):
        return typed_array(stored, TEXT)
    plain = pc.cast(stored.array.view(pa.timestamp("us")), TEXT)
    # Arrow writes all six decimals, the database none that is nought at the end.
    short = pc.utf8_rtrim(pc.utf8_rtrim(plain, "0"), ".")
    text = pc.replace_substring(short, " ", "T")
    if stored.encoding is Encoding.MOMENT:
        return text
    return pc.binary_join_element_wise(text, pa.scalar("+00:00", TEXT), pa.scalar("", TEXT))


def _text(us: Instants) -> pa.Array:
    # Rounded down, also before 1970, where cutting the fraction would round up.
    return pc.cast(pa.array(us // _SECOND_US).view(pa.timestamp("s")), TEXT)
