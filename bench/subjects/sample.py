"""The rows that every case uses: 13 columns, each row a pure function of its key and a revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from rtwidget.replica.keys import Cell, JsonText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.number_text import float_text, number_cell

TYPES = {
    "id": "int8",
    "name": "text",
    "category": "text",
    "note": "text",
    "price": "float8",
    "qty": "float8",
    "score": "float8",
    "active": "bool",
    "created_at": "timestamptz",
    "updated_at": "timestamptz",
    "day": "date",
    "meta": "jsonb",
    "uid": "uuid",
}
SCHEMA = Schema(tuple(Column(name, type_name) for name, type_name in TYPES.items()), ("id",))
ARROW = pa.schema(
    [
        ("id", pa.int64()),
        ("name", pa.string()),
        ("category", pa.string()),
        ("note", pa.string()),
        ("price", pa.float64()),
        ("qty", pa.float64()),
        ("score", pa.float64()),
        ("active", pa.bool_()),
        ("created_at", pa.timestamp("ms")),
        ("updated_at", pa.timestamp("ms")),
        ("day", pa.date32()),
        ("meta", pa.string()),
        ("uid", pa.string()),
    ]
)
_BASE = datetime(2026, 1, 1, tzinfo=UTC)
# Later than all rows of the load, so that a row that changes comes first in the order.
_UPDATES_FROM = datetime(2026, 3, 1, tzinfo=UTC)
# A prime, so that keys below it are spread over the milliseconds without two at the same moment.
_PRIME = 2_147_483_647


def row(key: int, revision: int = 0) -> Row:
    """Return a row as the sources hand it over; `updated_at` differs in all rows and grows with revisions."""
    # Knuth's multiplicative hash: looks random, needs no state, and is the same in every process.
    noise = (key * 2_654_435_761 + revision * 3_266_489_917) & 0xFFFFFFFF
    created_at = _BASE + timedelta(seconds=noise % 25_000_000)
    if revision:
        updated = _UPDATES_FROM + timedelta(milliseconds=revision)
    else:
        updated = _BASE + timedelta(milliseconds=key * 48_271 % _PRIME)
    return (
        key,
        f"customer {key % 5000} {noise % 1000}",
        f"cat-{noise % 40:02d}",
        f"note text for row {key} rev {noise % 100_000}",
        _number(noise % 100_000 / 100),
        _number(noise % 1_000 / 10),
        _number(noise / 2_147_483_648 - 1),
        noise % 2 == 0,
        _moment(created_at),
        _moment(updated),
        created_at.date().isoformat(),
        JsonText(f'{{"src": "api", "v": {noise % 1000}, "tags": ["a", "b{noise % 7}"]}}'),
        f"{noise:08x}-0000-4000-8000-{key:012x}",
    )


def _number(value: float) -> Cell:
    """Return a float8 as the database writes it: whole ones without a point."""
    return number_cell(float_text(value))


def _moment(moment: datetime) -> str:
    """Return a timestamptz as the database writes it: without zeros behind the last digit."""
    text = moment.replace(tzinfo=None).isoformat()
    return f"{text.rstrip('0') if '.' in text else text}+00:00"


def json_row(cells: Row) -> dict[str, Any]:
    """Return a row as a plain client decodes it from JSON: floats are floats, moments are text."""
    typed: dict[str, Any] = dict(zip(TYPES, cells, strict=True))
    for name in ("price", "qty", "score"):
        typed[name] = float(typed[name])
    return {**typed, "meta": str(typed["meta"])}


def ipc(table: pa.Table) -> bytes:
    """Return an Arrow table as one IPC stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def arrow_table(rows: Iterable[Row]) -> pa.Table:
    """Return rows as an Arrow table."""
    columns = zip(*rows, strict=True)
    arrays = [_array(list(cells), field.type) for cells, field in zip(columns, ARROW, strict=True)]
    return pa.Table.from_arrays(arrays, schema=ARROW)


def _array(cells: list[Any], type_: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(type_):
        # The zone is UTC everywhere, and not a part of the type.
        cells = [cell[:-6] for cell in cells]
    if pa.types.is_floating(type_):
        cells = [float(cell) for cell in cells]
    as_text = isinstance(cells[0], str)
    return pa.array(cells, pa.string() if as_text else type_).cast(type_)


def spread(count: int, of: int, offset: int = 0) -> list[int]:
    """Return so many keys, spread evenly over all."""
    return [(place * of // count + offset) % of for place in range(count)]
