"""Arrow's decimals at the edge of what they hold: the same number, or none."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from rtwidget.store.cells.decimals import DIGITS, as_decimals, cast_decimals, may_have_exponents


def texts(*values: str | None) -> pa.Array:
    return pa.array(values, pa.large_string())


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (("1", "-2.5", None, "0.125"), 3),
        (("9" * DIGITS,), 0),
        (("-" + "9" * DIGITS,), 0),
        (("9" * 20 + "." + "9" * 18, "1"), 18),
        (("1e3", "25E-1"), 1),
        ((None,), 0),
        ((), 0),
    ],
)
def test_numbers_get_as_few_places_as_hold_all_of_them(
    values: tuple[str | None, ...], places: int
) -> None:
    found = as_decimals(texts(*values))
    assert found is not None
    assert found.type == pa.decimal128(DIGITS, places)
    assert found.to_pylist() == [None if one is None else Decimal(one) for one in values]


@pytest.mark.parametrize(
    "values",
    [
        ("1" + "0" * DIGITS,),
        # Each fits alone; together they have more digits than there are.
        ("9" * 20, "0." + "9" * 19),
        ("NaN",),
        ("-Infinity", "1e2"),
        ("1e400",),
        ("1e99999999999999999999",),
    ],
)
def test_what_does_not_fit_makes_no_other_number(values: tuple[str, ...]) -> None:
    assert as_decimals(texts(*values)) is None


def test_a_named_type_takes_no_more_digits_than_it_has() -> None:
    to = pa.decimal128(5, 2)
    fit = cast_decimals(texts("123.45", "-999.9"), to)
    assert fit is not None
    assert fit.to_pylist() == [Decimal("123.45"), Decimal("-999.90")]
    assert cast_decimals(texts("1.234"), to) is None
    assert cast_decimals(texts("1234"), to) is None
    assert cast_decimals(texts("NaN"), to) is None


def test_an_exponent_is_seen_in_any_chunk() -> None:
    assert not may_have_exponents(texts("1.5", None, "-7"))
    assert not may_have_exponents(texts())
    assert may_have_exponents(pa.chunked_array([texts("1"), texts("2", "1E5")]))
    assert may_have_exponents(texts("1e5"))
