"""From the cells of a column to an Arrow array of the narrowest type from which every one comes back exactly.

Encodings are tried one after the other: what the column had before, what its kind prefers, then text. What fits none is kept as JSON,
from which every cell comes back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.cells.arrow_texts import DAY, float_texts
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.number_text import NOT_NUMBERS
from rtwidget.store.cells.stored_column import Encoding, StoredColumn

_DATE: Final = f"^{DAY}$"
# Zeros at the end of a fraction would not come back.
_MOMENT: Final = rf"^{DAY}T\d\d:\d\d:\d\d(\.\d{{0,5}}[1-9])?"
_NUMBERS: Final = frozenset({Kind.INT, Kind.FLOAT, Kind.NUMERIC})
_PLAIN: Final = frozenset({str, type(None)})
_REFUSALS: Final = (pa.ArrowException, ValueError, OverflowError)


def encode(cells: Sequence[Cell], kind: Kind, like: Encoding | None = None) -> StoredColumn:
    """Return a column's cells in the narrowest encoding that gives each back exactly (any thread).

    Args:
        cells: The cells.
        kind: The column's kind, which says what is worth trying.
        like: The encoding of the cells that they join, tried first.
    """
    number = Encoding.NUMBER if kind in _NUMBERS else None
    # What the column has comes first, because arrays of one encoding are joined as they are.
    for encoding in (like, _PREFERRED.get(kind), number, Encoding.TEXT, Encoding.MIXED):
        if encoding is None:
            continue
        try:
            stored = _ENCODERS[encoding](cells)
        except _REFUSALS:
            continue
        if stored is not None:
            return stored
    raise AssertionError("every cell is JSON")


def _int(cells: Sequence[Cell]) -> StoredColumn | None:
    return StoredColumn(Encoding.INT, pa.array(cells, pa.int64()))


def _float(cells: Sequence[Cell]) -> StoredColumn | None:
    texts = _number_texts(cells)
    if texts is None:
        return None
    written = pa.array(texts, pa.string())
    values = pc.cast(written, pa.float64())
    if pc.all(pc.equal(pc.cast(float_texts(values), pa.string()), written)).as_py() is False:
        # Digits that the float would write otherwise, such as `1.50`, come back from the text only.
        return StoredColumn(Encoding.NUMBER, written)
    return StoredColumn(Encoding.FLOAT, values)


def _number(cells: Sequence[Cell]) -> StoredColumn | None:
    texts = _number_texts(cells)
    return None if texts is None else StoredColumn(Encoding.NUMBER, pa.array(texts, pa.string()))


def _number_texts(cells: Sequence[Cell]) -> list[str | None] | None:
    """Return the text of each number, or None when a cell is none."""
    texts: list[str | None] = []
    for cell in cells:
        if cell is None or type(cell) is NumberText:
            texts.append(cell)
        elif type(cell) is int:
            texts.append(str(cell))
        elif type(cell) is str and cell in NOT_NUMBERS:
            texts.append(cell)
        else:
            return None
    return texts


def _bool(cells: Sequence[Cell]) -> StoredColumn | None:
    return StoredColumn(Encoding.BOOL, pa.array(cells, pa.bool_()))


def _text(cells: Sequence[Cell]) -> StoredColumn | None:
    # Texts of numbers and of JSON are strings too, but must come back as what they are.
    if not set(map(type, cells)) <= _PLAIN:
        return None
    return StoredColumn(Encoding.TEXT, pa.array(cells, pa.string()))


def _document(cells: Sequence[Cell]) -> StoredColumn | None:
    if not all(cell is None or (type(cell) is JsonText and cell[:1] in "{[") for cell in cells):
        return None
    return StoredColumn(Encoding.DOCUMENT, pa.array(cells, pa.string()))


def _as_written(
    encoding: Encoding, pattern: str, to: pa.DataType
) -> Callable[[Sequence[Cell]], StoredColumn | None]:
    """Return the encoder of text that a cast keeps exactly wherever it has this shape."""

    def attempt(cells: Sequence[Cell]) -> StoredColumn | None:
        plain = _text(cells)
        if plain is None or pc.all(pc.match_substring_regex(plain.array, pattern)).as_py() is False:
            return None
        return StoredColumn(encoding, pc.cast(plain.array, to))

    return attempt


def _mixed(cells: Sequence[Cell]) -> StoredColumn | None:
    return StoredColumn(Encoding.MIXED, pa.array([_json(cell) for cell in cells], pa.string()))


def _json(cell: Cell) -> str | None:
    if cell is None or type(cell) is JsonText or type(cell) is NumberText:
        return cell
    return json.dumps(cell)


_PREFERRED: Final = MappingProxyType(
    {
        Kind.INT: Encoding.INT,
        Kind.FLOAT: Encoding.FLOAT,
        # Where no type is named, a float8 is one of these too.
        Kind.NUMERIC: Encoding.FLOAT,
        Kind.BOOL: Encoding.BOOL,
        Kind.JSON: Encoding.DOCUMENT,
        Kind.ARRAY: Encoding.DOCUMENT,
        Kind.DATE: Encoding.DATE,
        Kind.TIMESTAMP: Encoding.MOMENT,
        Kind.TIMESTAMPTZ: Encoding.MOMENT_UTC,
    }
)
_ENCODERS: Final[MappingProxyType[Encoding, Callable[[Sequence[Cell]], StoredColumn | None]]] = (
    MappingProxyType(
        {
            Encoding.INT: _int,
            Encoding.FLOAT: _float,
            Encoding.NUMBER: _number,
            Encoding.BOOL: _bool,
            Encoding.TEXT: _text,
            Encoding.DOCUMENT: _document,
            Encoding.DATE: _as_written(Encoding.DATE, _DATE, pa.date32()),
            Encoding.MOMENT: _as_written(Encoding.MOMENT, _MOMENT + "$", pa.timestamp("us")),
            Encoding.MOMENT_UTC: _as_written(
                Encoding.MOMENT_UTC, _MOMENT + r"\+00:00$", pa.timestamp("us", "UTC")
            ),
            Encoding.MIXED: _mixed,
        }
    )
)
