"""Bad input on a real backend: a typed error each, with what to do and without a secret."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import (
    ArgumentError,
    AuthenticationError,
    ColumnNotFoundError,
    ConnectionLostError,
    CredentialsError,
    FilterError,
    KeyNotUniqueError,
    NotificationsUnavailableError,
    PermissionDeniedError,
    RtwidgetError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.local import LocalBackend
from tests.integration.requested import requested

from .conftest import Open


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"table": "nope"}, TableNotFoundError),
        ({"schema": "private"}, TableNotFoundError),
        ({"columns": ["nope"]}, ColumnNotFoundError),
        ({"filter": {"nope": 1}}, ColumnNotFoundError),
        ({"order_by": "nope", "limit": 5, "filter": {"nope": 1}}, ColumnNotFoundError),
        ({"primary_key": "nope"}, ColumnNotFoundError),
        ({"types": {"nope": "text"}}, ColumnNotFoundError),
        ({"filter": {"id": "abc"}}, SourceError),
        ({"key": "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2ln"}, AuthenticationError),
        ({"access_token": "garbage"}, AuthenticationError),
    ],
)
async def test_what_the_server_refuses(
    opened: Open, arguments: dict[str, Any], expected: type[RtwidgetError]
) -> None:
    source = await opened(**arguments)
    with pytest.raises(expected) as caught:
        await source.describe()
    assert caught.value.hint


async def test_a_table_without_a_usable_key_asks_for_one(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql("create table keyless(code text)")
    for key in (backend.anon_key, backend.service_key):
        with pytest.raises(KeyNotUniqueError, match="primary_key="):
            await (await opened("keyless", key=key)).describe()


async def test_a_role_without_a_grant_is_told_so(backend: LocalBackend, opened: Open) -> None:
    backend.sql("revoke all on t from anon")
    with pytest.raises(PermissionDeniedError, match="grant select on"):
        await (await opened()).describe()


async def test_nobody_there(opened: Open) -> None:
    source = await opened(url="http://127.0.0.1:9")
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:9"):
        await source.describe()


async def test_a_read_after_the_close_gets_no_answer(opened: Open) -> None:
    source = await opened()
    await source.describe()
    await source.aclose()
    with pytest.raises(UnreachableError, match="closed here"):
        await source.probe()
    with pytest.raises(UnreachableError, match="closed here"):
        await source.describe()


async def test_nobody_there_for_the_websocket(opened: Open) -> None:
    source = await opened(realtime_url="ws://127.0.0.1:9/socket/websocket")
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:9"):
        await anext(source.notifications())


async def test_an_unpublished_table_comes_with_its_sql(backend: LocalBackend, opened: Open) -> None:
    backend.sql('create table "Odd t"(id int primary key)')
    source = await opened("Odd t")
    with pytest.raises(NotificationsUnavailableError) as caught:
        await anext(source.notifications())
    sql = caught.value.hint.split("`")[1]
    assert sql == 'alter publication supabase_realtime add table "public"."Odd t";'
    backend.sql(sql)


async def test_a_server_in_trouble_is_transient(backend: LocalBackend, opened: Open) -> None:
    source = await opened()
    await source.describe()
    backend.faults.rest_status(503)
    with pytest.raises(SourceError) as caught:
        await source.read_page(None, None, 10)
    assert caught.value.code == "503" or caught.value.kind.value == "transient"
    backend.faults.block_websocket()
    with pytest.raises(ConnectionLostError, match="503"):
        await anext(source.notifications())


@pytest.mark.parametrize(
    ("arguments", "expected", "named"),
    [
        ({"table": ""}, ArgumentError, "table"),
        ({"table": 5}, ArgumentError, "table"),
        ({"limit": -1}, ArgumentError, "limit"),
        ({"limit": 0}, ArgumentError, "limit"),
        ({"limit": True}, ArgumentError, "limit"),
        ({"limit": 10_001}, ArgumentError, "10,000"),
        ({"order_by": "created_at.sideways"}, ArgumentError, "sideways"),
        ({"order_by": ["id", "id.desc"]}, ArgumentError, "twice"),
        ({"columns": []}, ArgumentError, "columns"),
        ({"columns": ["id", "id"]}, ArgumentError, "columns"),
        ({"primary_key": [""]}, ArgumentError, "primary_key"),
        ({"types": {"a": "nomber"}}, ArgumentError, "nomber"),
        ({"columns": 5}, ArgumentError, "columns .*int"),
        ({"primary_key": 5}, ArgumentError, "primary_key .*int"),
        ({"order_by": 5}, ArgumentError, "order_by .*int"),
        ({"order_by": 0}, ArgumentError, "order_by .*int"),
        ({"order_by": {"id": "desc"}}, ArgumentError, "order_by .*dict"),
        ({"types": 5}, ArgumentError, "types .*int"),
        ({"types": ["id"]}, ArgumentError, "types .*list"),
        ({"types": {5: "text"}}, ArgumentError, "types names 5"),
        ({"filter": 5}, FilterError, "filter .*int"),
        ({"filter": 0}, FilterError, "filter .*int"),
        ({"filter": "status"}, FilterError, "status"),
        ({"url": "ftp://x"}, CredentialsError, "url"),
        ({"url": "http://db.example"}, CredentialsError, "insecure=True"),
    ],
)
def test_what_is_refused_at_the_door(
    arguments: dict[str, Any], expected: type[RtwidgetError], named: str
) -> None:
    given = {"table": "t", "url": "https://ref.supabase.co", "key": "k", **arguments}
    with pytest.raises(expected, match=named) as caught:
        requested(given.pop("table"), **given)
    assert isinstance(caught.value, ValueError)
