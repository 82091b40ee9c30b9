"""No export shows another value than the database has: it is equal, or comes as objects or text with one warning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from rtwidget.local import LocalBackend
from rtwidget.store.cells.kinds import Kind
from tests.integration.values.columns import COLUMNS
from tests.integration.values.exports import EXPORTS, SOURCES, Given, given, opened
from tests.integration.values.truth import exact, given_value, is_null, sort_of, true_value

OWN = ("mood", "amount", "count", "pair")
"""Types of the database's own, which `types=` does not know."""
ROWS = 24
NOT_TOLD = (Kind.TEXT, Kind.UUID, Kind.TIME, Kind.JSON, Kind.ARRAY)
"""Kinds that come as text or objects anyway."""


@dataclass(frozen=True)
class Column:
    """A column as an export gave it.

    Args:
        name: Its name.
        kind: Its kind.
        type: What the library calls its type.
    """

    name: str
    kind: Kind
    type: str


def fill(backend: LocalBackend, table: str, chance: Random) -> dict[str, list[Any]]:
    """Make a table with every column, and return what the database says of its values."""
    defined = ", ".join(f"{name} {values.type}" for name, values in COLUMNS.items())
    backend.sql(f"create table {table} (id int primary key, {defined})")
    rows = []
    for key in range(ROWS):
        cells = [f"({values.one(chance)})::{values.type}" for values in COLUMNS.values()]
        rows.append(f"({key}, {', '.join(cells)})")
    backend.sql(f"insert into {table} values {', '.join(rows)}; grant select on {table} to anon")
    said = backend.sql(
        f"set timezone = 'UTC'; select {', '.join(f'{name}::text, to_json({name})::text' for name in COLUMNS)} "
        f"from {table} order by id"
    )
    return {
        name: [true_value(name, row[2 * place], row[2 * place + 1]) for row in said]
        for place, name in enumerate(COLUMNS)
    }


def agrees(value: Any, wanted: Any, column: Column, *, told: bool) -> bool:
    """Return whether a value is the one of the database, or its text where that was told."""
    if isinstance(value, float) and math.isnan(value) and column.type in ("float64", "str"):
        # What pandas has for null; a float64 cannot tell it from NaN.
        return wanted is None or (column.type == "float64" and exact(wanted) == "NaN")
    if isinstance(wanted, str) and column.type == "grid" and value == wanted:
        return True
    if sort_of(column.name) == "document" and column.kind not in (Kind.JSON, Kind.ARRAY):
        # A column of unknown type that holds scalars of JSON alone.
        found = exact(value) if not is_null(value) else None
        as_text = isinstance(value, str) and not isinstance(wanted, str) and told
        return bool(found == wanted or (as_text and value == shown(wanted)))
    return bool(given_value(column.name, value) == exact(wanted))


def shown(wanted: Any) -> str:
    return str(wanted).lower() if isinstance(wanted, bool) else str(wanted)


def faults(
    found: Given,
    truth: Mapping[str, list[Any]],
    kinds: Mapping[str, Kind],
    *,
    exact_asked: bool = False,
) -> list[str]:
    """Return what an export gave that the database has not."""
    wrong = []
    for name, wanted in truth.items():
        values, told = found.columns[name], found.remarks_on(name)
        column = Column(name, kinds[name], found.types[name])
        grid = found.export == "grid"
        pairs = zip(values, wanted, strict=True)
        bad = [pair for pair in pairs if not agrees(*pair, column, told=told == 1 or grid)]
        if bad:
            wrong.append(f"{found.export} {column}: {bad[0][0]!r} for {bad[0][1]!r}")
        usual = column.kind in NOT_TOLD or not unusual(values, column) or grid or exact_asked
        if told > 1 or not (usual or told):
            wrong.append(f"{found.export} {column}: {told} warnings")
    return wrong


def unusual(values: list[Any], column: Column) -> bool:
    """Return whether the values did not come in the type of the column's kind."""
    there = [value for value in values if not is_null(value)]
    if column.kind is Kind.DATE:
        return any(isinstance(value, str) for value in there)
    if column.kind is Kind.INT and all(isinstance(value, int | Decimal) for value in there):
        return False
    return column.type in (
        "object",
        "large_string",
        "String",
        "str",
        "string",
        "large_string[pyarrow]",
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_export_of_every_kind(
    backend: LocalBackend, name: str, source: str, seed: int
) -> None:
    truth = fill(backend, name, Random(seed))
    types = {column: COLUMNS[column].type for column in COLUMNS if column not in OWN}
    with opened(backend, name, source, types) as table:
        rows = table._handle.rows_now()
        kinds = dict(zip(rows.schema.names, rows.kinds, strict=True))
        wrong = [
            fault for export in EXPORTS for fault in faults(given(table, export), truth, kinds)
        ]
    with opened(backend, name, source, types, numeric="decimal") as table:
        wrong += faults(given(table, "df"), truth, kinds, exact_asked=True)
    assert not wrong, "\n".join(wrong)
