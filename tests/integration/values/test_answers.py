"""What is computed or parsed from the values, and what is said of columns that no type holds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from rtwidget import live_table
from rtwidget.errors import ArgumentError, ColumnTypeWarning
from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.view.browser_keys import BrowserKeys
from rtwidget.view.messages.cell_texts import encode_key
from tests.integration.values.exports import opened


def make(backend: LocalBackend, table: str, columns: str, rows: str) -> None:
    backend.sql(
        f"create table {table} ({columns}); grant select on {table} to anon;"
        f"alter publication supabase_realtime add table {table}; insert into {table} values {rows}"
    )


def said(work: Callable[[], object]) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        work()
    assert all(one.category is ColumnTypeWarning for one in caught)
    # Where the user's own line is, so that Python's filters and notebooks show it there.
    assert all(one.filename == __file__ for one in caught)
    return [str(one.message) for one in caught]


def test_answers_of_sql_keep_every_digit(backend: LocalBackend, name: str) -> None:
    make(
        backend,
        name,
        "id int8 primary key, n int8, amount numeric, moment timestamptz",
        "(1, 9007199254740993, 12345678901234567.25, '2024-01-01Z'), (2, null, 0.5, '2024-01-03Z')",
    )
    with opened(backend, name, "dsn", {}, numeric="decimal") as table:
        answer = table.sql(
            "select id, n, sum(n) over () as total, amount, sum(amount) over () as amounts, id as n, [n, null] as list, "
            "max(moment) over () - min(moment) over () as span, moment, moment::date as day from t order by id"
        )
        assert answer.iloc[0, 1] == 9007199254740993
        assert answer.iloc[1, 1] is pd.NA
        assert answer["total"].tolist() == [9007199254740993] * 2
        assert answer["amount"].tolist() == [Decimal("12345678901234567.25"), Decimal("0.5")]
        assert answer["amounts"].tolist() == [Decimal("12345678901234567.75")] * 2
        assert answer.iloc[:, 5].tolist() == [1, 2]
        assert answer["list"].tolist() == [[9007199254740993, None], [None, None]]
        assert answer["span"].tolist() == [pd.Timedelta(days=2)] * 2
        assert answer["moment"].tolist() == [
            pd.Timestamp("2024-01-01", tz="UTC"),
            pd.Timestamp("2024-01-03", tz="UTC"),
        ]
        assert answer["day"].tolist() == [date(2024, 1, 1), date(2024, 1, 3)]
        assert table.sql("select 1 as n where false")["n"].tolist() == []
        with pytest.raises(ArgumentError, match="varchar"):
            table.sql("select 1::uhugeint as n")


def test_a_column_that_no_type_holds_is_told_once_to_each_reader(
    backend: LocalBackend, name: str
) -> None:
    make(backend, name, "id int8 primary key, amount numeric", "(1, 1e400), (2, 0.1)")
    with opened(backend, name, "dsn", {}) as table:
        first = said(lambda: table.df)
        assert len(first) == 1
        assert "'amount'" in first[0]
        assert 'numeric="decimal"' in first[0]
        backend.sql(f"insert into {name} values (3, 5)")
        table.refresh()
        with pytest.warns(ColumnTypeWarning):
            table.wait_for(lambda df: 3 in df.index)
        assert said(table.to_pandas) == []
        assert table.df.loc[[1, 2], "amount"].tolist() == [Decimal("1e400"), Decimal("0.1")]
        for export in (table.to_arrow, table.to_polars, lambda: table.sql("select amount from t")):
            assert len(said(export)) == 1
            assert said(export) == []


def test_numbers_beside_text_are_neither_added_up_nor_silent(
    backend: LocalBackend, name: str
) -> None:
    make(
        backend,
        name,
        "id int8 primary key, v jsonb",
        """(1, '1'), (2, '"2"'), (3, '1.5'), (4, 'true')""",
    )
    with opened(backend, name, "REST", {}) as table:
        with pytest.warns(ColumnTypeWarning, match="'v' holds .*several sorts.*types=") as caught:
            column = table.df["v"]
        assert len(caught) == 1
        assert column.tolist() == [1, "2", 1.5, True]
        with pytest.raises(TypeError):
            column.sum()
    with opened(backend, name, "REST with types", {"v": "jsonb"}) as table:
        assert table.df["v"].tolist() == ["1", '"2"', "1.5", "true"]
        assert table.json("v").tolist() == [1, "2", Decimal("1.5"), True]


def test_json_that_no_object_holds_stays_text(backend: LocalBackend, name: str) -> None:
    make(
        backend,
        name,
        "id int8 primary key, v json, note text",
        """(1, '{"a": 1, "a": 2}', 'x'), (2, '[-0, 1E5, 1e400]', 'y'), (3, '["\\ud800"]', 'z')""",
    )
    with opened(backend, name, "REST", {}) as table:
        with pytest.warns(ColumnTypeWarning, match="'v' holds .*stay text") as caught:
            found = table.json("v").tolist()
        assert len(caught) == 1
        assert found == [
            '{"a": 1, "a": 2}',
            [Decimal("-0"), Decimal("1E5"), Decimal("1e400")],
            ["\ud800"],
        ]
        with pytest.raises(ArgumentError, match=r"note.*types="):
            table.json("note")


@pytest.mark.parametrize(
    ("type_name", "text"),
    [
        ("date", "2024-02-29"),
        ("timestamptz", "2024-02-29 10:00:00.25+00"),
        ("numeric", "1.5"),
        ("oid", "4294967295"),
    ],
)
def test_changes_and_choices_name_keys_as_the_index_does(
    backend: LocalBackend, name: str, type_name: str, text: str
) -> None:
    make(backend, name, f"k {type_name} primary key, n int", f"('{text}', 1)")
    with live_table(name, verify_every=1, url=backend.url, key=backend.service_key) as table:
        table.wait_ready()
        changes: list[Change] = []
        table.on_change(changes.append)
        backend.sql(f"update {name} set n = 2")
        table.wait_for(lambda df: bool((df["n"] == 2).all()))
        table.selected_keys = list(table.df.index)
        assert table.selected["n"].tolist() == [2]
        deadline = table.wait_for(lambda _df: bool(changes))
        key = changes[0].updated[0]
        assert deadline.df.loc[[key], "n"].tolist() == [2]
        texts = [encode_key(stored) for stored in table._handle.snapshot().keys]
        assert encode_key(table._index_keys.key(key)) in texts
        # What a view names by this text is the row's key, so that its cells are shown whole and copied.
        assert BrowserKeys(table._handle, print).key(texts[0]) in table._handle.snapshot().keys
