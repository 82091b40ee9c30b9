"""Which numbers become floats or decimals, and that none becomes another number."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.store.arrow.arrow_table import to_arrow
from rtwidget.store.cells.decimals import as_decimals, cast_decimals
from rtwidget.store.cells.exact_numbers import as_floats, number_text, reads_back
from rtwidget.store.dataframes.pandas_frame import to_frame
from tests.unit.store.snapshots import number, snapshot_of

NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda value: f"{value:f}"),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
    st.sampled_from(
        ["1e400", "-1E400", "1e-400", "1" + "0" * 400, "0." + "0" * 60 + "1", "1E5", "-0", "1.50"]
    ),
)


@given(st.lists(NUMBERS, max_size=6))
def test_arrow_holds_the_same_numbers_or_none(texts: list[str]) -> None:
    array = pa.chunked_array([texts[:2], texts[2:]], pa.large_string())
    wanted = [Decimal(text) for text in texts]
    decimals = as_decimals(array)
    assert decimals is None or decimals.to_pylist() == wanted
    wide = cast_decimals(array, pa.decimal256(76, 38))
    assert wide is None or wide.to_pylist() == wanted
    floats = as_floats(array, rounding=False)
    assert (floats is not None) == all(map(reads_back, texts))
    if floats is not None:
        assert [Decimal(repr(value)) for value in floats.to_pylist()] == wanted


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("0.1", True),
        ("1.50", True),
        ("100000000000000000000", True),
        ("9007199254740993", False),
        ("0.1234567890123456789", False),
        ("1e400", False),
        ("1e-400", False),
        ("1e99999999999999999999", False),
        ("NaN", True),
        ("-Infinity", True),
    ],
)
def test_a_number_reads_back_when_its_float_shows_it(text: str, same: bool) -> None:  # noqa: FBT001
    assert reads_back(text) is same
    assert (as_floats(pa.chunked_array([[text]], pa.string()), rounding=False) is not None) is same


def test_only_what_sql_writes_is_a_number() -> None:
    assert [number_text(cell) for cell in ("1_000", " 1", "0x1F", "nan", "+5", "", True, None)] == [
        None
    ] * 8
    assert number_text("1.5e-7") == "1.5e-7"


def test_in_nullable_types_nan_is_a_value() -> None:
    snapshot = snapshot_of({"x": [number("1.5"), "NaN", None], "n": [2**63 + 1, None, 1]})
    frame = to_frame(snapshot, dtype_backend="numpy_nullable")
    assert frame["x"].isna().tolist() == [False, False, True]
    assert frame["n"].tolist() == [2**63 + 1, None, 1]
    assert to_arrow(snapshot)["x"].null_count == 1


def test_a_row_that_went_does_not_keep_a_column_from_its_type() -> None:
    from rtwidget.replica.schema import Column, Schema  # noqa: PLC0415
    from rtwidget.store.rows import KeyedRows  # noqa: PLC0415

    rows = KeyedRows(Schema((Column("id", "int8"), Column("x", "numeric")), ("id",)))
    rows.put((1,), (1, number("1e400")), 1)
    rows.put((2,), (2, number("1.5")), 1)
    rows.snapshot(1)
    rows.remove((1,))
    assert str(to_frame(rows.snapshot(2))["x"].dtype) == "float64"
    assert to_frame(rows.snapshot(3), dtype_backend="pyarrow")["x"].tolist() == [1.5]
