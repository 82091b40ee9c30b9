"""A column as a chunk keeps it: its values, and what was computed from them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rtwidget.store.cells.stored_column import Encoding, StoredColumn, all_null


@pytest.mark.parametrize(
    ("cells", "expected"), [([None, None], True), ([], True), ([None, 1], False), ([0], False)]
)
def test_a_column_without_values_may_have_any_encoding(
    cells: list[int | None],
    expected: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    assert all_null(StoredColumn(Encoding.INT, pa.array(cells, pa.int64()))) is expected


def test_columns_share_nothing_that_was_computed_and_are_never_equal_by_value() -> None:
    array = pa.array([1])
    first, second = StoredColumn(Encoding.INT, array), StoredColumn(Encoding.INT, array)
    # Chunks are compared by identity: to compare the values of big ones takes long.
    assert first != second
    first.derived["double"] = pa.array([1.0])
    assert second.derived == {}
