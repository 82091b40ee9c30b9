"""Every cell comes back as the database wrote it, whatever the encoding, also from a part of an array."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.decoding import cell_at, cell_reader, cells_of
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from tests.unit.store.snapshots import json_text, number

COLUMNS: list[tuple[Kind, Encoding, list[Cell]]] = [
    (Kind.INT, Encoding.INT, [1, None, -(2**63), 2**63 - 1]),
    (Kind.FLOAT, Encoding.FLOAT, [number("0.1"), None, 3, "NaN", "-Infinity", number("1e+15")]),
    (Kind.NUMERIC, Encoding.NUMBER, [number("1.50"), None, 2**80, number("1e-7")]),
    (Kind.BOOL, Encoding.BOOL, [True, None, False, True, True, False, None, True, False]),
    (Kind.DATE, Encoding.DATE, ["2024-02-29", None, "0001-01-01", "9999-12-31"]),
    (Kind.TIMESTAMP, Encoding.MOMENT, ["2024-02-29T10:00:00", None, "1969-12-31T23:59:59.999999"]),
    (Kind.TIMESTAMPTZ, Encoding.MOMENT_UTC, ["2024-02-29T10:00:00.5+00:00", None]),
    (Kind.TEXT, Encoding.TEXT, ["", None, "naïve 😀", "1.50"]),
    (Kind.JSON, Encoding.DOCUMENT, [json_text('{"a": 1}'), None, json_text("[]")]),
    (Kind.JSON, Encoding.MIXED, ["text", 1, True, None, json_text("[1]"), number("1.0"), "NaN"]),
]


def kept(cells: list[Cell]) -> list[tuple[type, Cell]]:
    return [(type(cell), cell) for cell in cells]


@pytest.mark.parametrize(("kind", "encoding", "cells"), COLUMNS)
def test_cells_come_back_with_their_types(
    kind: Kind, encoding: Encoding, cells: list[Cell]
) -> None:
    stored = encode(cells, kind)
    assert stored.encoding is encoding
    assert kept(cells_of(stored)) == kept(cells)
    assert kept([cell_at(stored, offset) for offset in range(len(cells))]) == kept(cells)


@pytest.mark.parametrize(("kind", "encoding", "cells"), COLUMNS)
def test_a_part_of_an_array_has_its_own_cells(
    kind: Kind, encoding: Encoding, cells: list[Cell]
) -> None:
    part = StoredColumn(encoding, encode(cells, kind).array[1:])
    assert kept(cells_of(part)) == kept(cells[1:])


@pytest.mark.parametrize(("kind", "encoding", "cells"), COLUMNS)
def test_a_column_without_rows_has_no_cells(
    kind: Kind, encoding: Encoding, cells: list[Cell]
) -> None:
    assert cells_of(StoredColumn(encoding, encode(cells, kind).array[:0])) == []


def test_the_reader_of_a_column_is_made_once() -> None:
    stored = StoredColumn(Encoding.INT, pa.array([1, 2]))
    assert cell_reader(stored) is cell_reader(stored)


def test_half_of_a_surrogate_pair_in_json_stays_json() -> None:
    lone = json_text(r'"\ud800"')
    assert kept(cells_of(encode([lone, 1], Kind.JSON))) == kept([lone, 1])
