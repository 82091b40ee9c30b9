"""A column as values of one type, or as text, whatever its encoding is."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.arrow_texts import INSTANT, WALL
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.typed_arrays import TEXT, display_text, typed_array
from tests.unit.store.snapshots import json_text, number

EXACT = pa.decimal256(76, 38)


@pytest.mark.parametrize(
    ("cells", "kind", "to", "values"),
    [
        ([1, None], Kind.INT, EXACT, [Decimal(1), None]),
        ([1, None], Kind.INT, pa.float64(), [1.0, None]),
        ([number("0.1")], Kind.FLOAT, EXACT, [Decimal("0.1")]),
        (["NaN"], Kind.FLOAT, EXACT, None),
        (["12", None], Kind.TEXT, pa.int64(), [12, None]),
        (["+12"], Kind.TEXT, pa.int64(), None),
        ([True], Kind.BOOL, pa.int64(), None),
        (["2024-02-29"], Kind.DATE, WALL, None),
        ([None, None], Kind.TEXT, INSTANT, [None, None]),
    ],
)
def test_a_column_becomes_a_type_whole_or_not_at_all(
    cells: list[Cell], kind: Kind, to: pa.DataType, values: list[object] | None
) -> None:
    found = typed_array(encode(cells, kind), to)
    assert (None if found is None else found.to_pylist()) == values


def test_what_was_converted_is_kept_and_text_is_not() -> None:
    stored = encode([1, 2], Kind.INT)
    assert typed_array(stored, EXACT) is typed_array(stored, EXACT)
    assert typed_array(stored, TEXT) is not typed_array(stored, TEXT)
    assert typed_array(stored, pa.int64()) is stored.array


@pytest.mark.parametrize(
    ("cells", "kind", "texts"),
    [
        ([number("0.5"), number("1e+15"), "NaN", None], Kind.FLOAT, ["0.5", "1e+15", "NaN", None]),
        (["a", True, json_text("[1]"), None], Kind.JSON, ["a", "true", "[1]", None]),
        ([True, False], Kind.BOOL, ["true", "false"]),
    ],
)
def test_any_column_has_its_text(cells: list[Cell], kind: Kind, texts: list[str | None]) -> None:
    found = typed_array(encode(cells, kind), TEXT)
    assert found is not None
    assert found.to_pylist() == texts


def test_people_read_truth_values_in_lower_case() -> None:
    cells: list[Cell] = [True, False, None, "x", 7]
    assert [display_text(cell) for cell in cells] == ["true", "false", None, "x", "7"]
