"""A table without rows has the columns that can be known, in every export, before the first row and after the last one."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable

TYPES = {"amount": "numeric", "at": "timestamptz", "n": "int8"}
DTYPES = {"amount": "float64", "at": "datetime64[us, UTC]", "n": "int64"}
ALL = [*TYPES, "word"]


def columns_of(table: LiveTable) -> list[list[str]]:
    """Return the columns that each export has, those of the key included."""
    frames = [table.df, table.to_pandas("pyarrow"), table.to_pandas("numpy_nullable")]
    names = [[*map(str, frame.index.names), *map(str, frame)] for frame in frames]
    names += [table.to_arrow().column_names, table.to_polars().columns]
    names.append([*map(str, table.sql("select * from t").columns)])
    names.append(list(table._handle.rows_now().schema.names))
    return names


@pytest.mark.parametrize(
    ("options", "known"),
    [
        ({"source": True}, ALL),
        ({"key": "service"}, ALL),
        ({"types": TYPES}, list(TYPES)),
        ({"columns": ["word", "amount"]}, ["word", "amount"]),
        ({"columns": ["n", "at", "amount"], "types": TYPES}, ["n", "at", "amount"]),
        ({"version": "at", "order_by": "n", "filter": {"word": "x"}}, ["at", "n", "word"]),
        ({"order_by": "n", "limit": 3}, ["n"]),
        ({}, []),
    ],
)
def test_an_empty_table_has_its_columns(
    backend: LocalBackend, name: str, options: dict[str, Any], known: list[str]
) -> None:
    backend.sql(
        f"create table {name} (id int primary key, amount numeric, at timestamptz, n int8, word text);"
        f"grant select on {name} to anon, service_role"
    )
    given = dict(options)
    if given.pop("source", False):
        given["source"] = backend.dsn
    else:
        is_service = given.pop("key", None) is not None
        key = backend.service_key if is_service else backend.anon_key
        given.update(url=backend.url, key=key)
    with live_table(name, **given) as table:
        assert columns_of(table.wait_ready(60)) == [["id", *known]] * 7
        if known == ALL or "types" in options:
            found = table.df.dtypes.astype(str).to_dict()
            assert found == {column: DTYPES.get(column, "str") for column in known}
            assert table.sql("select sum(amount) as total from t")["total"].isna().all()
        whole = options.get("columns", ALL)
        backend.sql(f"insert into {name} values (1, 1.50, now(), 1, 'x')")
        table.refresh()
        table.wait_for(lambda df: len(df) == 1, 60)
        backend.sql(f"delete from {name}")
        table.refresh()
        table.wait_for(lambda df: df.empty, 60)
        assert columns_of(table) == [["id", *whole]] * 7
        assert str(table.df["amount"].dtype) == "float64"
