"""SQL on rows by DuckDB: columns by names that it can tell apart, and refusals that say what would work."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from rtwidget.errors import ArgumentError
from rtwidget.store.dataframes.pandas_cells import ColumnOptions
from rtwidget.widget.reading.sql_query import ask, known_as

ROWS = pa.table({"id": [1, 2, 3], "name": ["a", "b", "b"]})
ALIKE = pa.table({"Id": [1], "id": [2], "name": ["a"]})
HOW = ColumnOptions("float")


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "A"], ["a #1", "A #2"]),
        (["a", "A", "a #1"], ["a #2", "A #3", "a #1"]),
        (["ä", "Ä"], ["ä", "Ä"]),
        ([], []),
    ],
)
def test_columns_that_duckdb_would_take_for_one_get_other_names(
    names: list[str], known: list[str]
) -> None:
    assert known_as(names) == known


def test_rows_are_called_t_and_answers_have_their_columns() -> None:
    answer = ask(duckdb, ROWS, "select name, count(*) as n from t group by 1 order by 1", HOW)
    assert answer.to_dict("list") == {"name": ["a", "b"], "n": [1, 2]}
    assert ask(duckdb, ALIKE, "select * from t", HOW).columns.tolist() == ["Id", "id", "name"]


def test_a_statement_without_an_answer_has_an_empty_one() -> None:
    assert ask(duckdb, ROWS, "create table x (a int)", HOW).empty


def test_no_variable_of_ours_is_taken_for_a_table() -> None:
    with pytest.raises(ArgumentError, match="rows") as refused:
        ask(duckdb, ROWS, "select * from rows", HOW)
    assert 'its columns are "id", "name"' in str(refused.value)


def test_a_name_that_stands_for_two_columns_is_refused_with_names_that_do_not() -> None:
    with pytest.raises(ArgumentError, match="differ in case alone") as refused:
        ask(duckdb, ALIKE, "select id from t", HOW)
    said = str(refused.value)
    assert '"Id", "id" differ' in said
    assert '"Id #1", "id #2" in the query' in said
    found = ask(duckdb, ALIKE, 'select "id #2" from t', HOW)
    assert found.to_dict("list") == {"id": [2]}


def test_moments_are_those_of_utc_whatever_the_machine_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    answer = ask(duckdb, ROWS, "select '2026-01-01 00:00'::timestamptz::varchar as at", HOW)
    assert answer["at"].tolist() == ["2026-01-01 00:00:00+00"]


@pytest.mark.parametrize("type_name", ["bit", "uhugeint", "bignum", "timetz", "bit[]"])
def test_types_that_pandas_cannot_hold_are_refused_by_their_column(type_name: str) -> None:
    with pytest.raises(ArgumentError, match="'lost' of the answer") as refused:
        ask(duckdb, ROWS, f"select id, null::{type_name} as lost from t", HOW)
    assert "varchar" in str(refused.value)
