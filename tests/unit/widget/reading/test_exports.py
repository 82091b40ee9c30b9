"""The rows for other libraries: whole, in the table's order, with what is to be said of them."""

from __future__ import annotations

import sys

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.replica.keys import JsonText
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.live_table import LiveTable


def test_arrow_and_polars_get_every_row_in_the_tables_order(table: LiveTable) -> None:
    rows = {"id": [4, 3, 2, 1, 0], "name": [f"name {key}" for key in (4, 3, 2, 1, 0)]}
    whole = {**rows, "n": [6, 7, 8, 9, 10]}
    assert table.to_arrow().to_pydict() == whole
    assert table.to_polars().to_dict(as_series=False) == whole


def test_sql_asks_the_rows_by_the_name_t(table: LiveTable) -> None:
    assert table.sql("select sum(n) as n from t where id > 2")["n"].tolist() == [13]
    with pytest.raises(ArgumentError, match="nowhere"):
        table.sql("select nowhere from t")


@pytest.mark.parametrize(
    ("module", "extra", "call"),
    [("polars", "polars", "to_polars"), ("duckdb", "sql", "sql")],
)
def test_a_library_that_is_not_there_is_named_with_what_installs_it(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch, module: str, extra: str, call: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ArgumentError, match=rf"needs {module}.*rtwidget\[{extra}\]"):
        getattr(table, call)(*["select 1"] * (call == "sql"))


def test_an_empty_table_of_which_only_the_key_is_known_can_be_asked() -> None:
    source = MemoryTable(Schema((), ("id",)), "empty")
    handle = ReplicaTable(MemoryRequest(source), None, LoopThread("exports"), Registry())
    table = LiveTable(handle)
    try:
        assert table.sql("select count(*) as n from t where id is null")["n"].tolist() == [0]
    finally:
        table.dispose()


def test_json_is_parsed_by_key_and_other_columns_are_refused() -> None:
    schema = Schema((Column("id", "int8"), Column("data", "jsonb"), Column("n", "text")), ("id",))
    source = MemoryTable(schema, "documents")
    source.rows.update({(1,): (1, JsonText('{"a": [1]}'), "x"), (2,): (2, None, "y")})
    handle = ReplicaTable(MemoryRequest(source), None, LoopThread("exports"), Registry())
    table = LiveTable(handle)
    try:
        assert table.json("data").to_dict() == {1: {"a": [1]}, 2: None}
        with pytest.raises(ArgumentError, match=r"no column 'dato'.*id, data, n"):
            table.json("dato")
        with pytest.raises(ArgumentError):
            table.json("n")
    finally:
        table.dispose()
