"""Which Arrow type a column gets, what it is told of, and which numbers stay what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyarrow as pa
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.arrow.arrow_table import KIND, Numeric, to_arrow
from rtwidget.store.order.ordering import Order
from tests.unit.store.snapshots import json_text, number, snapshot_of


def column(
    cells: Sequence[Cell], type_name: str | None = None, numeric: Numeric = "decimal"
) -> tuple[str, list[object], str | None, list[str]]:
    """Return a column's Arrow type, its values, its noted kind and what was told of it."""
    told: list[str] = []
    snapshot = snapshot_of({"c": cells}, {"c": type_name} if type_name else None)
    table = to_arrow(snapshot, numeric, tell=lambda name, said: told.append(f"{name}: {said}"))
    metadata: Mapping[bytes, bytes] = table.schema.field("c").metadata or {}
    noted = metadata.get(KIND)
    values: list[object] = table["c"].to_pylist()
    return str(table.schema.field("c").type), values, noted.decode() if noted else None, told


@pytest.mark.parametrize(
    ("cells", "type_name", "arrow", "values"),
    [
        ([1, None, 2**63 - 1], "int8", "int64", [1, None, 2**63 - 1]),
        (["12", 3], "int8", "int64", [12, 3]),
        ([2**63, 1], "int8", "decimal128(38, 0)", [Decimal(2**63), Decimal(1)]),
        ([True, None], "bool", "bool", [True, None]),
        ([number("1.50"), 2], "numeric", "decimal128(38, 2)", [Decimal("1.50"), Decimal("2.00")]),
        ([number("0.1"), None], "float8", "double", [0.1, None]),
        (["a", None], "text", "large_string", ["a", None]),
    ],
)
def test_a_column_comes_in_a_type_that_holds_all_of_it_exactly(
    cells: list[Cell], type_name: str, arrow: str, values: list[object]
) -> None:
    found_type, found, noted, told = column(cells, type_name)
    assert (found_type, found) == (arrow, values)
    assert (noted, told) == (None, [])


@pytest.mark.parametrize(
    ("cells", "type_name", "odd"),
    [
        (["0x1F", 1], "int8", "0x1F"),
        (["2024-01-01", "infinity"], "date", "infinity"),
        ([number("1.5"), "NaN"], "numeric", "NaN"),
        # Shortened where it is told, because a number may have any length.
        ([number("1" * 39), number("1.5")], "numeric", "1" * 38),
    ],
)
def test_what_fits_no_type_is_text_with_its_kind_and_one_word_of_it(
    cells: list[Cell], type_name: str, odd: str
) -> None:
    found_type, values, noted, told = column(cells, type_name)
    assert found_type == "large_string"
    assert values == [str(cell) for cell in cells]
    assert noted is not None
    assert len(told) == 1
    assert odd in told[0]


def test_numbers_that_a_float_would_change_stay_decimals_and_that_is_told() -> None:
    exact = number("0.12345678901234567")
    assert column([exact], "numeric", "float")[:2] == ("decimal128(38, 17)", [Decimal(exact)])
    assert "'c'" in column([exact], "numeric", "float")[3][0]
    assert column([number("0.5")], "numeric", "float")[0] == "double"


def test_documents_are_text_that_says_what_it_is() -> None:
    assert column([json_text('{"a": 1.50}'), None])[1:3] == (['{"a": 1.50}', None], "json")


def test_rows_come_in_the_order_that_was_asked_for() -> None:
    snapshot = snapshot_of({"c": [2, None, 3]}, {"c": "int8"})
    assert to_arrow(snapshot, orders=[Order("c", descending=True)])["c"].to_pylist() == [3, 2, None]
    assert to_arrow(snapshot)["id"].to_pylist() == [0, 1, 2]
    assert to_arrow(snapshot_of({"id": []})) == pa.table({"id": pa.array([], pa.large_string())})
