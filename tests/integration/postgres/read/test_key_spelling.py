"""A key is spelled the same in a notification and in an answer, whatever the writer's settings; else it is not believed."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres.listen.payload import PayloadReader
from tests.integration.postgres.conftest import OpenSource, OpenTable, announced, until_true
from tests.integration.postgres.ear import Ear
from tests.integration.postgres.live_table.test_table import ready

WRITER = (
    "set datestyle = 'German, DMY'; set intervalstyle = 'sql_standard'; set timezone = 'Asia/Tokyo';"
    "set extra_float_digits = -3; set bytea_output = 'escape'; set quote_all_identifiers = on;"
    "set search_path = public, pg_catalog; set xmlbinary = 'hex'; set lc_monetary = 'C';"
)
EXACT = {
    "int8": "9007199254740993",
    "text": 'naïve "x"',
    "uuid": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    "bool": "true",
    "numeric": "1.50",
    "char(5)": "ab",
    "date": "2024-03-02",
    "time": "10:00:00.5",
    "timestamp": "2024-03-02 10:00:00",
    "timestamptz": "2024-03-02 10:00:00+02",
    "daterange": "[2024-03-02,2024-03-05)",
    "tsrange": "[2024-03-02,2024-03-05)",
    "tstzrange": "[2024-03-02 10:00+02,2024-03-05 10:00+02)",
    "datemultirange": "{[2024-03-02,2024-03-05)}",
    "numrange": "[1.50,2)",
    "inet": "10.0.0.1/8",
    "{0}_days": "[2024-03-02,2024-03-05)",
}
"""Types and a value of each."""
INEXACT = {
    "regclass": "pg_class",
    "regtype": "int4",
    "regrole": "postgres",
    "float8": "0.1",
    "interval": "1 day 02:00",
    "bytea": "\\x00ff",
    "money": "1234.50",
    "jsonb": '{"a": 1}',
    "date[]": "{2024-03-02}",
    "{0}_names": "pg_class",
    "{0}_range": "[pg_type,pg_class)",
}


@pytest.fixture
def typed(backend: LocalBackend, name: str) -> str:
    """A name for a table, with types of its own."""
    backend.sql(
        f"create domain {name}_days as daterange; create domain {name}_names as regclass;"
        f"create type {name}_range as range (subtype = regclass, subtype_opclass = oid_ops)"
    )
    return name


@pytest.fixture(autouse=True)
def no_types(backend: LocalBackend, name: str) -> object:
    yield
    backend.sql(
        f"drop table if exists {name}; drop type if exists {name}_range; drop domain if exists {name}_days, {name}_names"
    )


async def spellings(
    backend: LocalBackend, table: str, open_source: OpenSource, case: tuple[str, str]
) -> tuple[bool, bool]:
    """Return whether a key is said to be exact, and whether the notification named the row as the answer does."""
    kind, value = case
    kind = kind.format(table)
    announced(backend, table, f"id {kind} primary key, n int")
    hearing = Ear(backend.dsn, table)
    try:
        with psycopg.connect(backend.dsn) as writer:
            writer.execute(WRITER)
            writer.execute(f"insert into {table} values (%s::{kind}, 1)".encode(), (value,))
        (payload,) = hearing.texts()
    finally:
        hearing.close()
    source = await open_source()
    schema = await source.describe()
    told = PayloadReader(["id"], [schema.columns[0].type or ""]).read(payload)
    key = (await source.read_page(None, None, 9)).rows[0][0]
    return schema.exact_keys, told is not None and told.keys == ((key,),)


@pytest.mark.parametrize("case", EXACT.items(), ids=EXACT)
async def test_exact_keys_are_spelled_alike(
    backend: LocalBackend, typed: str, open_source: OpenSource, case: tuple[str, str]
) -> None:
    assert await spellings(backend, typed, open_source, case) == (True, True)


@pytest.mark.parametrize("case", INEXACT.items(), ids=INEXACT)
async def test_other_keys_are_not_believed(
    backend: LocalBackend, typed: str, open_source: OpenSource, case: tuple[str, str]
) -> None:
    exact, _ = await spellings(backend, typed, open_source, case)
    assert not exact


def test_a_writer_of_other_habits_names_the_row(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "room int, during daterange, n int, primary key (room, during)")
    backend.sql(f"insert into {name} values (1, '[2024-03-02,2024-03-05)', 1)")
    table = ready(open_table())
    before = table.stats.key_reads
    with psycopg.connect(backend.dsn) as writer:
        writer.execute(WRITER)
        writer.execute(f"update {name} set n = 2".encode())
    table.wait_for(lambda df: list(df["n"]) == [2])
    until_true(lambda: table.stats.key_reads > before, "A read of the key")
