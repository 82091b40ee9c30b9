"""Live tables on PostgreSQL: equal to `select` after any changes, and one role never sees another's rows."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

import pandas as pd
import pytest

from rtwidget.errors import RtwidgetError
from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import OpenTable, announced, until_state
from tests.integration.table.rows.test_equals_select import COLUMNS, change, expected, found, values

LIVE = pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (
            "id uuid primary key, n int",
            "select md5(g::text)::uuid, g from generate_series({}, {}) g",
        ),
        ("id text primary key, n int", "select 'naïve,\"' || g, g from generate_series({}, {}) g"),
        (
            "at timestamptz primary key, n int",
            "select timestamptz '2024-01-01Z' + g * interval '1.000001 s', g from generate_series({}, {}) g",
        ),
        (
            "region text, no int8, n int, primary key (no, region)",
            "select 'r' || g % 7, 4611686018427387904 + g, g from generate_series({}, {}) g",
        ),
        (
            "day date, at timestamp, n int, primary key (day, at)",
            "select date '2024-01-01' + g, timestamp 'epoch', g from generate_series({}, {}) g",
        ),
        (
            "id float8 primary key, n int",
            "select g / 7.0::float8, g from generate_series({}, {}) g",
        ),
        ("id char(9) primary key, n int", "select g, g from generate_series({}, {}) g"),
    ],
)


def numbers(df: pd.DataFrame) -> list[int]:
    return sorted(df["n"].dropna().astype(int))


def is_now(wanted: list[int], df: pd.DataFrame) -> bool:
    return numbers(df) == wanted


def ready(table: Any) -> Any:
    """Wait until it is live, and every row of before has been read since."""
    until_state(table, "live")
    table.wait_ready()
    return table


def test_after_a_thousand_random_changes_the_frame_equals_the_table(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    chance = Random(20261125)
    announced(backend, name, COLUMNS)
    rows = ", ".join(f"({key}, {values(chance)})" for key in range(1, 2501))
    backend.sql(f"insert into {name} values {rows}")
    table = ready(open_table(numeric="decimal"))
    assert found(table) == expected(backend, name)
    change(backend, name, chance, 1000)
    wanted = expected(backend, name)
    table.wait_for(lambda df: len(df) == len(wanted) and found(table) == wanted)
    assert table.status.state.value == "live"
    assert str(table.df["created_at"].dtype) == "datetime64[us, UTC]"


@LIVE
def test_keys_of_each_kind_follow_every_change(
    backend: LocalBackend, name: str, open_table: OpenTable, columns: str, rows: str
) -> None:
    announced(backend, name, columns)
    backend.sql(f"insert into {name} {rows.format(1, 1500)}")
    table = ready(open_table())
    table.wait_for(partial(is_now, list(range(1, 1501))))
    backend.sql(
        f"update {name} set n = -n where n <= 10; delete from {name} where n between 11 and 20"
    )
    backend.sql(f"insert into {name} {rows.format(2001, 2005)}")
    wanted = [row[0] for row in backend.sql(f"select n from {name} order by n")]
    table.wait_for(partial(is_now, wanted))
    if "float8" not in columns:
        # The trigger spells the key as the reads do, so that no pass is needed.
        assert table.stats.key_reads > 0


def test_a_moved_key_leaves_its_old_place(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, g from generate_series(1, 30) g")
    table = ready(open_table(filter="n=lte.20"))
    backend.sql(f"update {name} set id = 900 where id = 7; update {name} set n = 21 where id = 8")
    table.wait_for(lambda df: 900 in df.index and not {7, 8} & set(df.index) and len(df) == 19)


def test_bulk_updates_and_truncate_are_announced_as_everything(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, 0 from generate_series(1, 100000) g")
    table = ready(open_table(filter="id=lte.500"))
    before = table.stats.notifications
    backend.sql(f"update {name} set n = 1")
    table.wait_for(lambda df: df["n"].sum() == 500)
    assert table.stats.notifications == before + 1
    assert table.stats.key_reads == 0
    backend.sql(f"truncate {name}")
    table.wait_for(lambda df: len(df) == 0)


def test_top_rows_follow(backend: LocalBackend, name: str, open_table: OpenTable) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, g from generate_series(1, 100) g")
    table = ready(open_table(order_by="n.desc", limit=5))
    assert numbers(table.df) == [96, 97, 98, 99, 100]
    backend.sql(f"delete from {name} where n = 99; insert into {name} values (101, 1000)")
    table.wait_for(partial(is_now, [96, 97, 98, 100, 1000]))


def test_supabases_arguments_are_refused_beside_a_source(open_table: OpenTable) -> None:
    with pytest.raises(RtwidgetError, match="the one or the other"):
        open_table(url="https://ref.supabase.co")
