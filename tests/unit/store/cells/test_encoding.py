"""Columns of which no type is known are kept as those of known types are."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.stored_column import Encoding
from tests.unit.store.snapshots import number, snapshot_of


@pytest.mark.parametrize(
    ("cells", "encoding"),
    [
        ((None, "2024-01-01T10:00:00+00:00"), Encoding.MOMENT_UTC),
        (("2024-01-01T10:00:00.5", None), Encoding.MOMENT),
        (("2024-02-29",), Encoding.DATE),
        ((1, number("0.37")), Encoding.FLOAT),
        ((number("1.50"),), Encoding.NUMBER),
        ((number("1e-7"),), Encoding.NUMBER),
    ],
)
def test_the_first_cells_choose_how_a_column_is_kept(
    cells: tuple[Cell, ...], encoding: Encoding
) -> None:
    snapshot = snapshot_of({"a": cells})
    assert snapshot.parts[0].chunk.columns[1].encoding is encoding
    assert snapshot.column(1) == list(cells)
