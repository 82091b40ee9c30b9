"""Whether cells pass one test, on the screen or as the database wrote them; many cells at once, for any thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from unicodedata import normalize

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import StoredColumn
from rtwidget.store.cells.typed_arrays import COMPARABLE, TEXT, typed_array
from rtwidget.store.snapshot import as_mask
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.browser_text.moments import in_zone, moments
from rtwidget.view.query.view_query import Between, Contains, IsNull, OneOf, StartsWith, Test

Mask = npt.NDArray[np.bool_]
_Look = Callable[[pa.Array, str], pa.Array]

_NULL: Final = "null"
"""What stands on the screen where there is no value; it is found by the whole word, because every row has its letters."""
_NUMBERS: Final = (Kind.INT, Kind.FLOAT, Kind.NUMERIC)
# As the screen writes numbers, from which people take the bounds that they type.
_GROUPED: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_INSTANT: Final = pa.timestamp("us", "UTC")
_WALL: Final = pa.timestamp("us")


def check_of(test: Test, column: ShownColumn) -> Callable[[StoredColumn], Mask]:
    """Return what tells which cells of a column pass a test."""
    match test:
        case Contains(text):
            return partial(contains, column=column, text=text)
        case StartsWith(text):
            return partial(_looked, column=column, text=text, look=_begins)
        case OneOf(values):
            return partial(_one_of, column=column, values=values)
        case Between(low, high):
            return partial(_between, column=column, low=low, high=high)
        case IsNull(negated):
            return lambda stored: as_mask(pc.is_null(stored.array)) != negated


def contains(stored: StoredColumn, column: ShownColumn, text: str) -> Mask:
    """Return which cells contain a text, whatever the case of its letters."""
    return _looked(stored, column, text, _holds)


def _looked(stored: StoredColumn, column: ShownColumn, text: str, look: _Look) -> Mask:
    found = _null_for(stored, text)
    written = column.written(stored, text)
    if written is not None:
        found |= as_mask(look(*written))
    # What is drawn has its accents composed, so the text has to have them, too.
    drawn = column.drawn(stored, text)
    if drawn is not None:
        found |= as_mask(look(drawn, normalize("NFC", text)))
    return found


def _null_for(stored: StoredColumn, text: object) -> Mask:
    """Return which cells are null, where a text is what stands there then."""
    is_word = isinstance(text, str) and text.lower() == _NULL
    null = as_mask(pc.is_null(stored.array))
    return null if is_word else np.zeros_like(null)


def _holds(texts: pa.Array, text: str) -> pa.Array:
    # To look for letters of either case takes a regular expression, which is slower.
    return pc.match_substring(texts, text, ignore_case=text.lower() != text.upper())


def _begins(texts: pa.Array, text: str) -> pa.Array:
    return pc.starts_with(texts, text, ignore_case=text.lower() != text.upper())


def _one_of(stored: StoredColumn, column: ShownColumn, values: Sequence[str | bool | None]) -> Mask:
    passes = _among(stored, column.kind, [value for value in values if value is not None])
    for text in values:
        if isinstance(text, str):
            passes |= _null_for(stored, text)
            drawn = column.drawn(stored, text)
            if drawn is not None:
                passes |= as_mask(pc.equal(drawn, normalize("NFC", text)))
    return passes | as_mask(pc.is_null(stored.array)) if None in values else passes


def _among(stored: StoredColumn, kind: Kind, values: Sequence[str | bool]) -> Mask:
    if kind is Kind.TIMESTAMPTZ:
        # One instant can be written with any offset, so moments are compared, and texts for what is none.
        found = moments(stored)
        instants = [us for value in values if (us := _moment_us(value, _INSTANT)) is not None]
        same = found.known & np.isin(found.us, np.array(instants, np.int64))
        return same | as_mask(
            pc.is_in(typed_array(stored, TEXT), value_set=pa.array(map(str, values), TEXT))
        )
    array = _comparable(stored, kind)
    wanted = [_value(value, kind, array.type) for value in values]
    among = pa.array([value for value in wanted if value is not None], array.type)
    return as_mask(pc.is_in(array, value_set=among))


def _between(stored: StoredColumn, column: ShownColumn, low: str | None, high: str | None) -> Mask:
    if column.kind is Kind.TIMESTAMPTZ:
        return _moments_between(stored, column.zone, low, high)
    array = _comparable(stored, column.kind)
    passes = as_mask(pc.is_valid(array))
    for bound, holds in ((low, pc.greater_equal), (high, pc.less_equal)):
        if bound is not None:
            value = _value(bound, column.kind, array.type)
            # A bound that is no value of the column's sort lies beside every value.
            passes &= (
                False if value is None else as_mask(holds(array, pa.scalar(value, array.type)))
            )
    return passes


def _moments_between(stored: StoredColumn, zone: str, low: str | None, high: str | None) -> Mask:
    found = moments(stored)
    passes = found.known.copy()
    for bound, holds in ((low, np.greater_equal), (high, np.less_equal)):
        if bound is None:
            continue
        # With an offset it is an instant; without one it is what the reader's clock shows.
        wall_us, instant_us = _moment_us(bound, _WALL), _moment_us(bound, _INSTANT)
        if instant_us is not None:
            passes &= holds(found.us, instant_us)
        elif wall_us is not None:
            passes &= holds(in_zone(stored, zone).us, wall_us)
        else:
            # A bound that is no moment lies beside every moment.
            return np.zeros_like(passes)
    # What lies before and after all times is written so.
    texts = typed_array(stored, TEXT) if not found.known.all() else None
    if texts is not None:
        passes |= as_mask(pc.equal(texts, "infinity")) & (high is None)
        passes |= as_mask(pc.equal(texts, "-infinity")) & (low is None)
    return passes


def _moment_us(text: str | bool, to: pa.DataType) -> int | None:  # noqa: FBT001  (a cell's value)
    value = _cast(str(text), to)
    return None if value is None else value.cast(pa.int64()).as_py()


def _comparable(stored: StoredColumn, kind: Kind) -> pa.Array:
    # The first type that holds the whole column exactly; text holds anything.
    for to in COMPARABLE.get(kind, ()):
        array = typed_array(stored, to)
        if array is not None:
            return array
    return typed_array(stored, TEXT)


def _value(text: str | bool, kind: Kind, to: pa.DataType) -> object:  # noqa: FBT001  (a cell's value)
    """Return a value of the browser as one of a type, or None where it is none."""
    written = str(text).lower() if isinstance(text, bool) else text
    if kind in _NUMBERS and _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    value = _cast(written, to)
    return None if value is None else value.as_py()


def _cast(text: str, to: pa.DataType) -> pa.Scalar | None:
    try:
        return pc.cast(pa.scalar(text, pa.string()), to)
    except pa.ArrowInvalid:
        return None
