"""The JSON of a `postgres_changes` payload, written as the real server writes it. Pure.

Texts are put together, never parsed and dumped again, so every digit stays as Postgres wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtwidget.local.realtime.phoenix_frames import compact_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from rtwidget.local.postgres.table_definition import TableColumn

TOO_LARGE = "Error 413: Payload Too Large"
NO_KEY = "Error 400: Bad Request, no primary key"
UNAUTHORIZED = "Error 401: Unauthorized"
# Of a change that is too large the real server keeps the cells up to this size.
MAX_KEPT_CELL_BYTES = 64

JsonCells = dict[str, str | None]
"""Column to the JSON text of its value; None is SQL's null."""


def record_json(cells: JsonCells, columns: Iterable[str]) -> str:
    """Write the known cells of some columns in jsonb's order: short names first."""
    # jsonb keeps its members in this order, and recordings of the real server are compared.
    names = sorted(cells.keys() & set(columns), key=lambda name: (len(name.encode()), name))
    members = (f"{compact_json(name)}: {cells[name] or 'null'}" for name in names)
    return "{" + ", ".join(members) + "}"


def without_large(cells: JsonCells) -> JsonCells:
    """Keep the cells that survive error 413; nulls do not."""
    return {
        name: value
        for name, value in cells.items()
        if value is not None and len(value.encode()) <= MAX_KEPT_CELL_BYTES
    }


def columns_json(columns: Sequence[TableColumn]) -> str:
    """Write the `columns` member: name and type of each."""
    members = (
        f'{{"name": {compact_json(column.name)}, "type": {compact_json(column.type_name)}}}'
        for column in columns
    )
    return "[" + ", ".join(members) + "]"


def commit_time(moment: datetime) -> str:
    """Write a commit time with milliseconds, cut, not rounded; `moment` is in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def change_json(
    kind: str, schema: str, table: str, parts: Mapping[str, str], error: str | None
) -> str:
    """Write the `data` member.

    Args:
        kind: INSERT, UPDATE or DELETE.
        schema: The table's schema.
        table: The table.
        parts: JSON texts of `record`, `columns`, `commit_timestamp`, `old_record`.
        error: What is wrong with it.
    """
    members = {"table": compact_json(table), "type": compact_json(kind)}
    if kind != "DELETE":
        members["record"] = parts["record"]
    members["columns"] = parts["columns"]
    members["errors"] = compact_json([error]) if error else "null"
    members["schema"] = compact_json(schema)
    members["commit_timestamp"] = parts["commit_timestamp"]
    if kind != "INSERT":
        members["old_record"] = parts["old_record"]
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"


def refused_change_json(kind: str, schema: str, table: str, error: str) -> str:
    """Write the `data` member of a change whose values cannot be told.

    Args:
        kind: INSERT or UPDATE.
        schema: The table's schema.
        table: The table.
        error: Why, such as `UNAUTHORIZED`.
    """
    empty = {"record": "{}", "columns": "[]", "commit_timestamp": "null", "old_record": "{}"}
    return change_json(kind, schema, table, empty, error)
