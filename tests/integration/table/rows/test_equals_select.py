"""After any changes, `df` equals `select *`: every type of the demo, more rows than one page, composite keys."""

from __future__ import annotations

import json
import math
from random import Random
from typing import Any

import pandas as pd

from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable

COLUMNS = """id bigint primary key, agent text, title text, status text, score double precision,
    amount numeric(30,12), payload jsonb, tags text[], is_urgent boolean, due date,
    created_at timestamptz, updated_at timestamptz"""
NAMES = [line.split()[0] for line in COLUMNS.replace("\n", " ").split(", ")]
TYPES = {"amount": "numeric", "score": "float8", "tags": "text[]"}


def values(chance: Random) -> str:
    """Return the SQL of one row's values after the key: nulls, empty texts and odd numbers among them."""

    def maybe(text: str) -> str:
        return text if chance.random() < 0.8 else "null"

    score = chance.choice([repr(chance.uniform(-1e9, 1e9)), "'NaN'", "'Infinity'", "1e300"])
    title = chance.choice(["''", "'naïve ✓'", "'null'", "'a,\"b\"'", f"'{chance.random()}'"])
    moment = f"timestamptz '2024-01-01Z' + interval '{chance.randrange(10**14)} microseconds'"
    return ", ".join(
        [
            maybe("'agent'"),
            maybe(title),
            maybe("'pending'"),
            maybe(score),
            maybe(f"{chance.randrange(10**18)}.{chance.randrange(10**12):012}"),
            maybe("""'{"a": [1, 2.50, null], "n": 12345678901234567890}'"""),
            maybe("array['x', '', null, 'ü']"),
            maybe("true"),
            maybe(f"date '2024-01-01' + {chance.randrange(3000)}"),
            maybe(moment),
            maybe(moment),
        ]
    )


def change(backend: LocalBackend, table: str, chance: Random, count: int) -> None:
    """Make random changes, one statement each, in transactions of random length."""
    while count > 0:
        statements = []
        for _ in range(min(count, chance.randrange(1, 20))):
            key = chance.choice([chance.randrange(1, 3000), 2**62 + chance.randrange(50)])
            row = f"insert into {table} values ({key}, {values(chance)})"
            both = ", ".join(f"{column} = excluded.{column}" for column in NAMES[1:])
            statements.append(
                chance.choice(
                    [
                        f"{row} on conflict (id) do update set {both}",
                        f"update {table} set score = {chance.random()!r} where id = {key}",
                        f"delete from {table} where id = {key}",
                    ]
                )
            )
        count -= len(statements)
        backend.sql("; ".join(statements))


def expected(backend: LocalBackend, table: str) -> dict[Any, tuple[Any, ...]]:
    rows = backend.sql(f"select {', '.join(NAMES)} from {table}")
    return {row[0]: tuple(map(plain, row[1:])) for row in rows}


def found(table: LiveTable) -> dict[Any, tuple[Any, ...]]:
    frame = table.df[NAMES[1:]]
    rows = frame.itertuples(index=True, name=None)
    payload = NAMES.index("payload")
    return {
        row[0]: tuple(
            json_value(cell) if place == payload else plain(cell)
            for place, cell in enumerate(row[1:], 1)
        )
        for row in rows
    }


def plain(value: Any) -> Any:
    """Return a value without what pandas adds: its nulls and its own classes."""
    if isinstance(value, list | dict):
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def json_value(cell: Any) -> Any:
    return json.loads(cell) if isinstance(cell, str) else plain(cell)


def test_a_thousand_random_changes_later_the_frame_equals_the_table(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    chance = Random(20261122)
    backend.sql(f"create table {name} ({COLUMNS})")
    backend.sql(f"alter publication supabase_realtime add table {name}")
    rows = ", ".join(f"({key}, {values(chance)})" for key in range(1, 2501))
    backend.sql(f"insert into {name} values {rows}")
    table = open_table(numeric="decimal", types=TYPES)
    table.wait_ready()
    assert len(table.df) == 2500
    assert found(table) == expected(backend, name)
    change(backend, name, chance, 1000)
    wanted = expected(backend, name)
    table.wait_for(lambda df: len(df) == len(wanted) and found(table) == wanted)
    assert table.status.state.value == "live"


def test_types_are_known_from_the_catalog_where_the_role_may_read_it(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    chance = Random(1)
    backend.sql(f"create table {name} ({COLUMNS})")
    backend.sql(f"insert into {name} values (1, {values(chance)}), (2, {values(chance)})")
    table = open_table(key=backend.service_key, numeric="decimal")
    table.wait_ready()
    assert found(table) == expected(backend, name)
    assert str(table.df["created_at"].dtype) == "datetime64[us, UTC]"


def test_composite_keys_give_a_multi_index(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f"create table {name} (region text, no int, note text, primary key (region, no))")
    backend.sql(f"alter publication supabase_realtime add table {name}")
    backend.sql(
        f"insert into {name} select 'r,\"' || g % 7, g, 'n' from generate_series(1, 1500) g"
    )
    table = open_table(primary_key=["region", "no"])
    table.wait_ready()
    assert table.df.index.names == ["region", "no"]
    backend.sql(f"update {name} set note = 'changed' where no = 12")
    backend.sql(f"update {name} set no = 5000 where no = 13")
    backend.sql(f"delete from {name} where no = 14")
    wanted = dict(backend.sql(f"select region || '/' || no, note from {name}"))

    def notes(df: pd.DataFrame) -> dict[str, Any]:
        index: list[tuple[str, int]] = list(df.index)
        return {f"{region}/{no}": df.loc[(region, no), "note"] for region, no in index}

    table.wait_for(lambda df: len(df) == len(wanted) and notes(df) == wanted)
