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
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.frames.index_values import in_level, index_value, key_part
from rtwidget.store.frames.pandas_frame import to_frame
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


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2024-02-29", Kind.DATE),
        ("infinity", Kind.DATE),
        ("2024-02-29T10:00:00.25", Kind.TIMESTAMP),
        ("2024-02-29T10:00:00+00:00", Kind.TIMESTAMPTZ),
        ("0044-03-15T10:00:00+00:00 BC", Kind.TIMESTAMPTZ),
        (number("1.5"), Kind.FLOAT),
        (number("0.12345678901234567890"), Kind.NUMERIC),
        (7, Kind.INT),
        ("a", Kind.TEXT),
    ],
)
def test_a_key_comes_back_from_the_index(cell: object, kind: Kind) -> None:
    assert key_part(index_value(cell, kind, "float"), kind) == cell  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["[1,[2,3]]", '["a,b",null,"\\u00e9é"]', "[]", "no array"])
def test_an_array_beside_other_parts_of_a_key_comes_back(text: str) -> None:
    found = in_level(index_value(text, Kind.ARRAY, "float"), Kind.ARRAY)
    assert isinstance(found, tuple) is text.startswith("[")
    again = key_part(found, Kind.ARRAY)
    assert again == text.replace("\\u00e9", "é")


def test_a_whole_key_keeps_every_digit_whatever_its_kind() -> None:
    for kind in (Kind.INT, Kind.NUMERIC):
        assert key_part(2**53 + 1, kind) == 2**53 + 1


@pytest.mark.parametrize(
    ("cell", "value"), [("4294967295", 4294967295), ("-1", -1), ("1.5", 1.5), ("a", "a"), (7, 7)]
)
def test_a_whole_number_that_a_server_writes_as_text_is_one_in_the_index(
    cell: str | int, value: object
) -> None:
    found = index_value(cell, Kind.INT, "float")
    assert (found, type(found)) == (value, type(value))
