"""Only what PostgreSQL writes is read, though Arrow would read more; and floats are written as PostgreSQL writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.store.cells.arrow_texts import INSTANT, WALL, float_texts, read
from rtwidget.store.cells.number_text import float_text


@pytest.mark.parametrize(
    ("text", "to", "value"),
    [
        ("-12", pa.int64(), -12),
        ("+12", pa.int64(), None),
        ("0x1F", pa.int64(), None),
        (str(2**63), pa.int64(), None),
        ("2024-02-29", pa.date32(), date(2024, 2, 29)),
        ("2023-02-29", pa.date32(), None),
        ("0000-01-01", pa.date32(), None),
        ("2024-02-29T10:00:00.25", WALL, datetime(2024, 2, 29, 10, 0, 0, 250_000)),  # noqa: DTZ001
        ("2024-02-29 10:00:00", WALL, None),
        ("2024-02-29T10:00:00+02:00", INSTANT, datetime(2024, 2, 29, 8, tzinfo=UTC)),
        ("1890-01-01T00:00:00+00:53:28", INSTANT, datetime(1889, 12, 31, 23, 6, 32, tzinfo=UTC)),
        ("0001-01-01T00:00:00+10:00", INSTANT, None),
        ("0044-03-15T10:00:00+00:00 BC", INSTANT, None),
        ("infinity", INSTANT, None),
    ],
)
def test_a_text_is_read_only_as_postgresql_writes_it(
    text: str, to: pa.DataType, value: object
) -> None:
    found = read(pa.array([None, text]), to)
    assert (None if found is None else found.to_pylist()) == (
        None if value is None else [None, value]
    )


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_floats_are_written_as_postgresql_writes_them(values: list[float | None]) -> None:
    expected = [None if value is None else float_text(value) for value in values]
    assert float_texts(pa.array(values, pa.float64())).to_pylist() == expected


def test_floats_at_the_borders_of_exponents() -> None:
    values = [1e-4, 9.9e-5, 1e10, 123456789012345.0, 1e15, 0.0, -1e15]
    assert float_texts(pa.array(values)).to_pylist() == [
        "0.0001",
        "9.9e-05",
        "10000000000",
        "123456789012345",
        "1e+15",
        "0",
        "-1e+15",
    ]
