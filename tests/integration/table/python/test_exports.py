"""The rows for other libraries, from a real database: exact types, exact values."""

from __future__ import annotations

import sys
from decimal import Decimal

import pyarrow as pa
import pytest

from rtwidget.errors import ArgumentError
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable, publish

COLUMNS = (
    "id bigint primary key, status text, amount numeric, at timestamptz, day date, data jsonb, "
    "tags text[], score float8, ok boolean"
)


@pytest.fixture
def live(backend: LocalBackend, name: str, open_table: OpenTable) -> LiveTable:
    publish(backend, name, COLUMNS)
    backend.sql(
        f"insert into {name} values "
        "(9007199254740993, 'open', 1.50, '2026-11-25 10:00:00.25+00', '2026-11-25', '{\"a\": [1, 2.50]}', '{x,y}', 0.1, true),"
        "(2, 'done', 20.125, null, null, null, null, 1e300, null)"
    )
    return open_table(name, key=backend.service_key, order_by="id.asc")


def test_arrow_has_the_databases_types_and_exact_values(live: LiveTable) -> None:
    table = live.to_arrow()
    assert table.schema.types == [
        pa.int64(),
        pa.large_string(),
        pa.decimal128(38, 3),
        pa.timestamp("us", "UTC"),
        pa.date32(),
        pa.large_string(),
        pa.large_string(),
        pa.float64(),
        pa.bool_(),
    ]
    assert table["id"].to_pylist() == [2, 9007199254740993]
    assert table["amount"].to_pylist() == [Decimal("20.125"), Decimal("1.500")]
    assert table["data"].to_pylist() == [None, '{"a": [1, 2.50]}']
    assert table.schema.field("data").metadata == {b"rtwidget.kind": b"json"}


def test_polars_gets_the_same_rows(live: LiveTable) -> None:
    frame = live.to_polars()
    assert frame["id"].to_list() == [2, 9007199254740993]
    assert frame["status"].to_list() == ["done", "open"]
    assert frame["amount"].sum() == Decimal("21.625")


def test_sql_asks_the_rows_that_are_there_now(
    live: LiveTable, backend: LocalBackend, name: str
) -> None:
    counted = live.sql("select status, count(*) as n from t group by 1 order by 1")
    assert counted["n"].tolist() == [1, 1]
    backend.sql(f"insert into {name} (id, status) values (3, 'open')")
    live.wait_for(lambda df: 3 in df.index)
    assert live.sql("select count(*) as n from t where status = 'open'")["n"].item() == 2


def test_a_query_that_duckdb_refuses_is_told_with_the_columns(live: LiveTable) -> None:
    with pytest.raises(ArgumentError, match="nowhere") as caught:
        live.sql("select nowhere from t")
    assert '"status"' in str(caught.value)


def test_json_is_parsed_with_every_digit(live: LiveTable) -> None:
    parsed = live.json("data")
    assert parsed.loc[9007199254740993] == {"a": [1, Decimal("2.50")]}
    assert parsed.loc[2] is None
    with pytest.raises(ArgumentError, match="no column 'dato'"):
        live.json("dato")


def test_a_library_that_is_not_there_is_named_with_its_extra(
    live: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ArgumentError, match=r"rtwidget\[polars\]"):
        live.to_polars()
    with pytest.raises(ArgumentError, match=r"rtwidget\[sql\]"):
        live.sql("select 1")


def test_the_pyarrow_backend_of_pandas_has_the_same_types(live: LiveTable) -> None:
    frame = live.to_pandas(dtype_backend="pyarrow")
    assert str(frame["at"].dtype) == "timestamp[us, tz=UTC][pyarrow]"
    assert str(frame["amount"].dtype) == "double[pyarrow]"
    assert frame.index.tolist() == [2, 9007199254740993]
