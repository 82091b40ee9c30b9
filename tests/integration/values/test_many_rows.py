"""Every export at sizes of one part and of several: kept chunks must not change what comes out."""

from __future__ import annotations

import warnings
from decimal import Decimal
from typing import Any

import pytest

from rtwidget.local import LocalBackend
from tests.integration.values.exports import EXPORTS, SOURCES, opened

COLUMNS = {
    "amount": ("numeric", "g * 1.25"),
    "ratio": ("float8", "g / 8.0"),
    "whole": ("numeric", "g"),
    "deep": ("numeric", "g::numeric / 7"),
    "count": ("int8", "9007199254740993 + g"),
    "at": ("timestamptz", "timestamptz '2024-01-01Z' + g * interval '1 second'"),
    "word": ("text", "'w' || g"),
    "tags": ("int8[]", "array[g, null]"),
}
"""The SQL type of a column, and its value in the row with the key g."""


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("rows", [0, 1, 25_000, 100_000])
def test_every_export_of_many_rows(
    backend: LocalBackend, name: str, source: str, rows: int
) -> None:
    defined = ", ".join(f"{column} {type_name}" for column, (type_name, _) in COLUMNS.items())
    values = ", ".join(value for _, value in COLUMNS.values())
    backend.sql(
        f"create table {name} (id int primary key, {defined}); grant select on {name} to anon;"
        f"insert into {name} select g, {values} from generate_series(1, {rows}) g"
    )
    sums = backend.sql(f"select sum(amount), sum(whole), sum(deep), sum(count) from {name}")[0]
    types = {column: type_name for column, (type_name, _) in COLUMNS.items()}
    with opened(backend, name, source, types) as table, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for export, call in EXPORTS.items():
            if export == "grid" and rows > 1:
                continue
            columns, _ = call(table)
            found = [
                total(columns.get(column, ())) for column in ("amount", "whole", "deep", "count")
            ]
            assert found == [one or 0 for one in sums], export
            if rows:
                assert columns["id"][-1] in (rows, str(rows)), export
                assert columns["word"][-1] == f"w{rows}", export
        assert int(table.sql("select count(*) as n from t")["n"].item()) == rows


def total(values: Any) -> Decimal:
    return sum((Decimal(str(one)) for one in values), Decimal())
