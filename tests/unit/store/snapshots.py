"""Snapshots to read, made as a feed makes them: rows put one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot

number = NumberText
json_text = JsonText


def snapshot_of(
    columns: Mapping[str, Sequence[Cell]],
    types: Mapping[str, str] | None = None,
    key: tuple[str, ...] = ("id",),
) -> Snapshot:
    """Return a snapshot with these columns; a key column `id` is counted out where none is given."""
    given = dict(columns)
    if key == ("id",) and "id" not in given:
        count = max(map(len, given.values()))
        given = {"id": list(range(count)), **given}
    schema = Schema(tuple(Column(name, (types or {}).get(name)) for name in given), key)
    rows = KeyedRows(schema)
    positions = schema.key_positions
    for row in zip(*given.values(), strict=True):
        rows.put(tuple(row[position] for position in positions), row, 1)
    return rows.snapshot(1)
