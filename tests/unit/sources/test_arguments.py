"""What `live_table(source=...)` takes, and what it says to everything else."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget import Postgres, Supabase, live_table
from rtwidget.abc import Schema, SourceFactory
from rtwidget.errors import ArgumentError, CredentialsError, ServiceKeyWarning
from rtwidget.replica.schema import Column
from rtwidget.sources.memory import MemoryTable
from rtwidget.sources.postgres.factory import address_of

CLOSED_PORT = "http://127.0.0.1:9"
PROJECT = Supabase(url=CLOSED_PORT, key="k")
SERVER = Postgres("postgresql://me:hidden@127.0.0.1:9/db")


@pytest.mark.parametrize("source", [PROJECT, SERVER])
def test_an_object_makes_a_table(source: SourceFactory) -> None:
    live_table("t", source=source).close()


@pytest.mark.parametrize("source", [PROJECT, SERVER, MemoryTable(Schema((Column("id"),), ("id",)))])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", CLOSED_PORT),
        ("key", "k"),
        ("access_token", "t"),
        ("client", object()),
        ("realtime_url", "ws://127.0.0.1:9/"),
        ("insecure", True),
    ],
)
def test_an_object_and_its_flat_arguments_are_refused_together(
    source: SourceFactory, name: str, value: object
) -> None:
    with pytest.raises(ArgumentError, match=f"{name} stands beside it") as caught:
        live_table("t", source=source, **{name: value})  # type: ignore[arg-type]
    assert type(source).__name__ in str(caught.value)


def test_several_flat_arguments_are_all_named() -> None:
    with pytest.raises(ArgumentError, match="url, key, insecure stand beside it"):
        live_table("t", source=PROJECT, url=CLOSED_PORT, key="k", insecure=True)


def test_a_connection_string_and_arguments_of_supabase_are_refused_together() -> None:
    with pytest.raises(ArgumentError, match="names a PostgreSQL server, and url"):
        live_table("t", source="postgresql://127.0.0.1:9/db", key="k")


class SupabaseLike:
    """Stands for a client, which people pass as source."""

    __module__ = "supabase._sync.client"


class Engine:
    __module__ = "sqlalchemy.engine.base"


class OneTable:
    async def resolve(self) -> None: ...


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (5, "source is a int.*request_for"),
        (b"postgresql://h/db", "source is a bytes"),
        ({"url": CLOSED_PORT}, "source is a dict"),
        (Supabase, "the class Supabase, not an object"),
        (SupabaseLike(), "source is a SupabaseLike.*client="),
        (Engine(), "source is a Engine.*render_as_string"),
        (OneTable(), "reads one table only.*request_for"),
    ],
)
def test_anything_else_is_told_what_to_pass(source: Any, said: str) -> None:
    with pytest.raises(CredentialsError, match=said):
        live_table("t", source=source)


def test_a_factory_that_makes_no_request_is_told_what_one_is() -> None:
    class Mine:
        def request_for(self, query: object) -> object:
            return query

    with pytest.raises(
        ArgumentError, match=r"Mine\.request_for` returned a TableQuery.*SourceRequest"
    ):
        live_table("t", source=Mine())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("filter", {"id": 1}),
        ("columns", ["id"]),
        ("limit", 5),
        ("primary_key", ["other"]),
        ("version", "id"),
        ("types", {"id": "int8"}),
    ],
)
def test_a_memory_table_refuses_what_it_would_ignore(option: str, value: Any) -> None:
    table = MemoryTable(Schema((Column("id"),), ("id",)))
    with pytest.raises(ArgumentError, match=f"memory.*{option}="):
        live_table("memory", source=table, **{option: value})


def test_an_object_with_a_service_key_warns_as_the_flat_form_does() -> None:
    source = Supabase(url=CLOSED_PORT, key="sb_secret_of_an_object")
    with pytest.warns(ServiceKeyWarning, match="row-level security") as caught:
        live_table("t", source=source).close()
    assert caught[0].filename == __file__


def test_a_postgres_stands_for_its_connection_string_elsewhere_too() -> None:
    assert address_of(SERVER, argument="dsn", insecure=False) is SERVER.address
    given = address_of("postgresql://me:hidden@127.0.0.1:9/db", argument="dsn", insecure=False)
    assert given == SERVER.address
    with pytest.raises(ArgumentError, match=r"beside dsn=.*Postgres\(..., insecure=True\)"):
        address_of(SERVER, argument="dsn", insecure=True)
