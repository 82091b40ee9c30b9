"""Names and values that would be SQL, a filter or a format, were they not quoted."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable

ODD = pytest.mark.parametrize(
    "odd", ['select "x"; --', "a.b", "naïve", "%", "%s $1 {}", "and", "a,b)"]
)
VALUES = [
    '"',
    "'; drop table x; --",
    "a,b",
    "(1)",
    "\\",
    "%",
    "%s",
    "$1",
    "{}",
    "null",
    "*",
    "é ✓",
    "",
]


def quoted(name: str) -> str:
    """Return a name as SQL reads it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def create(backend: LocalBackend, odd: str) -> None:
    """Make a table of that name whose key and column have it too, with every odd value as a key."""
    backend.sql(
        f"create table {quoted(odd)} ({quoted(odd)} text primary key, {quoted('is ' + odd)} text)"
    )
    for value in VALUES:
        write(backend, odd, value, value)


def write(backend: LocalBackend, odd: str, key: str, value: str) -> None:
    """Insert or update a row."""
    # Beside parameters a percent sign of a name has to be doubled.
    name, other = (quoted(one).replace("%", "%%") for one in (odd, f"is {odd}"))
    backend.sql(
        f"insert into {name} values (%s, %s)"
        f" on conflict ({name}) do update set {other} = excluded.{other}",
        key,
        value,
    )


def drop(backend: LocalBackend, odd: str) -> None:
    """Drop the table."""
    backend.sql(f"drop table {quoted(odd)}")


def check(backend: LocalBackend, table: LiveTable, odd: str) -> None:
    """Demand that every row is there, and that each one changes by its key."""
    column = f"is {odd}"
    table.wait_for(partial(_holds, {value: value for value in VALUES}, column))
    reads = table.stats.key_reads
    for value in VALUES:
        write(backend, odd, value, f"changed {value}")
    table.wait_for(partial(_holds, {value: f"changed {value}" for value in VALUES}, column))
    assert table.stats.key_reads > reads
    assert table.status.state.value == "live"


def check_filtered(table: LiveTable, odd: str, wanted: list[str]) -> None:
    """Demand that exactly these keys come."""
    assert sorted(table.df.index) == sorted(wanted)
    assert table.df.index.name == odd
    assert table.df.columns.tolist() == [f"is {odd}"]


def _holds(wanted: dict[str, str], column: str, df: pd.DataFrame) -> bool:
    return df[column].to_dict() == wanted
