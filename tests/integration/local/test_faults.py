"""Each fault does to a real client what its name says, and `clear` ends it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
import websockets

from rtwidget.local import LocalBackend, LocalBackendError

if TYPE_CHECKING:
    from tests.integration.local.conftest import Connect, Rest


@pytest.mark.parametrize("code", [1000, 1001, 1012])
async def test_close_sockets(items: LocalBackend, connect: Connect, code: int) -> None:
    async with connect() as one, connect() as other:
        await one.join()
        await other.join()
        await asyncio.to_thread(items.faults.close_sockets, code)
        for client in (one, other):
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await client.read()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == code
        assert items.subscriptions == 0


async def test_refuse_sockets(items: LocalBackend, connect: Connect) -> None:
    items.faults.refuse_sockets()
    with pytest.raises(websockets.InvalidStatus) as refusal:
        async with connect():
            pass
    assert refusal.value.response.status_code == 503
    items.faults.clear()
    async with connect() as client:
        assert (await client.join())["status"] == "ok"


async def test_reset_tcp(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.reset_tcp()
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            await client.read()
        assert closed.value.rcvd is None


def test_rest_status(items: LocalBackend, rest: Rest) -> None:
    items.faults.rest_status(503, times=2)
    assert [rest("items").status_code for _ in range(3)] == [503, 503, 200]
    items.faults.rest_status(401, times=9)
    assert rest("items").json()["code"] == "PGRST303"
    items.faults.clear()
    assert rest("items").status_code == 200


def test_faults_need_a_running_backend() -> None:
    with pytest.raises(LocalBackendError, match="start"):
        LocalBackend().faults.close_sockets()
    with LocalBackend() as backend:
        backend.faults.close_sockets()
    with pytest.raises(LocalBackendError, match="start"):
        backend.faults.reset_tcp()


def test_rest_survives_a_restart_of_postgres(items: LocalBackend, rest: Rest) -> None:
    items.sql("insert into items(id) values (1)")
    postgres = items._postgres
    assert postgres is not None
    assert rest("items?select=id").text == '[{"id":1}]'
    postgres.stop_server(crash=True)
    assert rest("items?select=id").status_code == 503
    postgres.start_server()
    answer = httpx.Response(503)
    for _ in range(10):  # each lent connection may find its server gone once
        answer = rest("items?select=id")
        if answer.status_code == 200:
            break
    assert answer.text == '[{"id":1}]'
