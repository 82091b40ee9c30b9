"""Every export of tables of one part and of several, column by column against what the database wrote."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import csv

from rtwidget import live_table
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable

MOST_ROWS = 200_000
COLUMNS = {
    "amount": ("numeric(12,2)", "g * 1.25"),
    "whole": ("numeric", "g"),
    "deep": ("numeric", "g::numeric / 7"),
    "ratio": ("float8", "g * 0.37"),
    "big": ("int8", "9007199254740993 + g"),
    "flag": ("bool", "g % 2 = 0"),
    "at": ("timestamptz", "timestamptz '2024-01-01Z' + g * interval '1.25 seconds'"),
    "wall": ("timestamp", "timestamp '2024-01-01' + g * interval '1 second'"),
    "day": ("date", "date '2024-01-01' + g % 900"),
    "word": ("text", "case when g % 5 > 0 then 'w' || g end"),
    "key": ("uuid", "md5(g::text)::uuid"),
    "data": ("jsonb", "jsonb_build_object('g', g)"),
    "tags": ("int8[]", "array[g, null]"),
    "none": ("timestamptz", "null"),
}
"""The SQL type of a column, and its value in the row with the key g."""
TYPES = {name: type_name for name, (type_name, _) in COLUMNS.items()}
EXPORTS: dict[str, Callable[[LiveTable], pa.Table]] = {
    "df": lambda table: of_pandas(table.df),
    "numpy_nullable": lambda table: of_pandas(table.to_pandas("numpy_nullable")),
    "pyarrow": lambda table: of_pandas(table.to_pandas("pyarrow")),
    "to_arrow": lambda table: table.to_arrow(),
    "to_polars": lambda table: table.to_polars().to_arrow(),
    "sql": lambda table: of_pandas(table.sql("select * from t").set_index("id")),
}
EXACT = pa.decimal256(76, 38)


def of_pandas(frame: Any) -> pa.Table:
    return pa.Table.from_pandas(frame.reset_index(), preserve_index=False)


@pytest.fixture(scope="module")
def truth(backend: LocalBackend) -> pa.Table:
    """What the database writes, all as text; of its table each test reads the first rows."""
    defined = ", ".join(f"{name} {type_name}" for name, type_name in TYPES.items())
    values = ", ".join(value for _, value in COLUMNS.values())
    backend.sql(
        f"create table many (id int primary key, {defined}); grant select on many to anon, service_role;"
        f"insert into many select g, {values} from generate_series(1, {MOST_ROWS}) g"
    )
    texts = ", ".join(f"to_json({name}) #>> '{{}}' as {name}" for name in TYPES)
    copied = io.BytesIO()
    with psycopg.connect(backend.dsn) as connection, connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        with cursor.copy(
            f"copy (select id::text, {texts} from many order by many.id) to stdout (format csv, header)"
        ) as rows:
            for block in rows:
                copied.write(block)
    copied.seek(0)
    texts_only = csv.ConvertOptions(
        column_types=dict.fromkeys(["id", *TYPES], pa.string()), strings_can_be_null=True
    )
    return csv.read_csv(copied, convert_options=texts_only).combine_chunks()


def alike(found: pa.ChunkedArray, wanted: pa.ChunkedArray) -> bool:
    """Return whether a column holds the values that the database wrote."""
    if pa.types.is_null(found.type):
        return bool(wanted.null_count == len(wanted))
    if pa.types.is_nested(found.type):
        return bool(found.to_pylist() == [json.loads(text) for text in wanted.to_pylist()])
    if pa.types.is_decimal(found.type):
        found, wanted = pc.cast(found, EXACT), pc.cast(wanted, EXACT)
    elif is_text(found.type):
        found = pc.cast(found, pa.string())
    else:
        wanted = pc.cast(wanted, found.type)
    return bool(found.combine_chunks().equals(wanted.combine_chunks()))


def is_text(type_: pa.DataType) -> bool:
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(is_kind(type_) for is_kind in kinds)


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        *((source, rows) for source in ("anon", "types", "service", "dsn") for rows in (0, 1, 20_000)),
        ("anon", MOST_ROWS),
        ("dsn", MOST_ROWS),
    ],
)  # fmt: skip
def test_every_export_of_many_rows(
    backend: LocalBackend, truth: pa.Table, source: str, rows: int
) -> None:
    wanted = truth.slice(0, rows)
    given: dict[str, Any] = {"url": backend.url, "key": backend.anon_key}
    if source == "dsn":
        given = {"source": backend.dsn}
    elif source == "service":
        given["key"] = backend.service_key
    elif source == "types":
        given["types"] = TYPES
    with (
        live_table("many", filter=f"id=lte.{rows}", order_by="id", **given) as table,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        table.wait_ready(600)
        known = [name for name in wanted.column_names if rows or source != "anon" or name == "id"]
        for export, call in EXPORTS.items():
            found = call(table)
            unlike = [
                name for name in known
                if rows and not alike(found[name], wanted[name])
            ]  # fmt: skip
            assert sorted(found.column_names) == sorted(known), export
            assert (found.num_rows, unlike) == (rows, []), export
        assert int(table.sql("select count(*) as n from t")["n"].item()) == rows
        if rows:
            parsed = table.json("data")
            assert parsed.iloc[[0, -1]].to_list() == [{"g": 1}, {"g": rows}]
            assert len(parsed) == rows
