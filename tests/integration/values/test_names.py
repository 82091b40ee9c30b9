"""Names that other libraries fold, reserve or give to something else: each finds its own column, or is refused."""

from __future__ import annotations

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.values.exports import EXPORTS, opened

ODD = (
    "t",
    "T ",
    "select",
    "rowid",
    "index",
    "columns",
    "*",
    "a b",
    'q"q',
    "x.y",
    "Ä",
    "ä",
    "\u212a",
    "K",
    "name_1",
    "#1",
    "level_0",
)


def make(backend: LocalBackend, table: str, names: tuple[str, ...]) -> None:
    quoted = ['"{}"'.format(name.replace('"', '""')) for name in names]
    defined = ", ".join(f"{name} text" for name in quoted)
    values = ", ".join(f"'value of ' || {place}" for place in range(len(names)))
    backend.sql(
        f"create table {table} (id int primary key, {defined}); grant select on {table} to anon;"
        f"insert into {table} select 1, {values}"
    )


def asked(table: LiveTable, name: str) -> object:
    quoted = name.replace('"', '""')
    return table.sql(f'select "{quoted}" from t').iloc[0, 0]


@pytest.mark.parametrize("source", ["REST", "dsn"])
def test_names_that_differ_in_case_alone(backend: LocalBackend, name: str, source: str) -> None:
    names = ("Name", "name", "NAME", "other", "name #1")
    make(backend, name, names)
    with opened(backend, name, source, {}) as table:
        for export, call in EXPORTS.items():
            columns, _ = call(table)
            assert [columns[one] for one in names] == [
                [f"value of {place}"] for place in range(5)
            ], export
        for one in names[:3]:
            with pytest.raises(
                ArgumentError, match=r'"Name", "name", "NAME" differ in case.*columns='
            ) as caught:
                asked(table, one)
            assert '"NAME #' in str(caught.value)
        assert asked(table, "OTHER") == "value of 3"
        assert asked(table, "NAME #4") == "value of 2"
        assert asked(table, "name #1") == "value of 4"
    with opened(backend, name, source, {}, columns=["id", "name"]) as table:
        assert asked(table, "name") == "value of 1"


def test_names_of_other_things_are_columns(backend: LocalBackend, name: str) -> None:
    make(backend, name, ODD)
    with opened(backend, name, "dsn", {}) as table:
        for export, call in EXPORTS.items():
            columns, _ = call(table)
            assert [columns[one] for one in ODD] == [
                [f"value of {place}"] for place in range(len(ODD))
            ], export
        for place, one in enumerate(ODD):
            assert asked(table, one) == f"value of {place}", one
        with pytest.raises(ArgumentError, match="rows"):
            table.sql("select * from rows")
