"""What the catalog tells, and refusals that say what to run."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import (
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from tests.integration.postgres.conftest import OpenSource
from tests.integration.postgres.paging import pages


async def test_the_catalog_tells_types_and_the_shortest_unique_key(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(
        f"create table {name} (a int not null, b text not null, c text unique, d numeric(9,2)[], e varchar(3),"
        " unique (b, a), unique (a))"
    )
    schema = await (await open_source(types={"c": "uuid"})).describe()
    assert schema.key == ("a",)
    types = {column.name: column.type for column in schema.columns}
    assert types == {"a": "int4", "b": "text", "c": "uuid", "d": "_numeric", "e": "varchar"}


async def test_a_table_without_a_key_and_a_view_ask_for_one(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (a int, b int unique)")
    with pytest.raises(KeyNotUniqueError, match="has no primary key"):
        await (await open_source()).describe()
    backend.sql(f"create view v_{name} as select * from {name}; insert into {name} values (1, 2)")
    with pytest.raises(KeyNotUniqueError, match="is a view"):
        await (await open_source(f"v_{name}")).describe()
    assert await pages(await open_source(f"v_{name}", primary_key="b")) == [(1, 2)]


@pytest.mark.parametrize(
    "options",
    [
        {"columns": ["nope"]},
        {"filter": "nope=eq.1"},
        {"order_by": "nope"},
        {"primary_key": ["nope"]},
        {"types": {"nope": "int8"}},
        {"version": "nope"},
        {"order_by": "n", "columns": ["id"]},
    ],
)
async def test_a_column_that_is_not_there_is_named(
    backend: LocalBackend, name: str, open_source: OpenSource, options: dict[str, Any]
) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    with pytest.raises(ColumnNotFoundError, match=r"nope|'n'"):
        await (await open_source(**options)).describe()


async def test_refusals_say_what_to_run(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    with pytest.raises(TableNotFoundError):
        await (await open_source()).describe()
    backend.sql(
        f"create table {name} (id int primary key, n int); revoke all on {name} from authenticated"
    )
    with pytest.raises(PermissionDeniedError) as caught:
        await (await open_source()).last_key()
    assert f'grant select on "public"."{name}" to "web";' in caught.value.hint
    backend.sql(f'grant select on "public"."{name}" to "web";')
    assert await (await open_source()).last_key() is None
    backend.sql(
        f"drop schema if exists s_{name} cascade; create schema s_{name}; create table s_{name}.x (id int primary key)"
    )
    with pytest.raises(PermissionDeniedError) as caught:
        await (await open_source("x", schema=f"s_{name}")).last_key()
    assert f'grant usage on schema "s_{name}" to "web";' in caught.value.hint
    backend.sql(f"drop schema s_{name} cascade")


async def test_a_read_after_the_table_was_altered_says_so(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(f"insert into {name} values (1)")
    source = await open_source()
    assert await source.last_key() == (1,)
    backend.sql(f"alter table {name} alter id type uuid using gen_random_uuid()")
    with pytest.raises(ColumnNotFoundError, match="altered"):
        await source.read_page((1,), None, 9)
    assert (await source.describe()).columns[0].type == "uuid"
    assert len((await source.read_page(None, None, 9)).rows) == 1


async def test_a_role_in_the_options_reads_and_is_named(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key); revoke all on {name} from anon")
    login = login_dsn(backend.dsn, "reader", member_of="anon")
    source = await open_source(source=f"{login}?options=-c%20role%3Danon")
    await source.describe()
    with pytest.raises(PermissionDeniedError) as caught:
        await source.last_key()
    assert f'grant select on "public"."{name}" to "anon";' in caught.value.hint
