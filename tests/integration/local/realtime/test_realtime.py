"""What the recorded sessions do not show: large rows, tokens, leaving, limits, lost connections."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
import websockets

from tests.integration.local.waiting import until

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect


async def test_change_is_readable_when_its_frame_arrives(
    items: LocalBackend, connect: Connect
) -> None:
    headers = {"apikey": items.service_key}
    async with connect() as client, httpx.AsyncClient(headers=headers) as http:
        assert (await client.join())["status"] == "ok"
        for number in range(30):
            await asyncio.to_thread(items.sql, "insert into items(id) values (%s)", number)
            assert (await client.change())["record"]["id"] == number
            answer = await http.get(f"{items.url}/rest/v1/items?id=eq.{number}")
            assert len(answer.json()) == 1


async def test_row_over_a_mebibyte_is_cut_and_marked(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.sql("insert into items(id, name, price) values (1, repeat('x', 1048577), 1.5)")
        data = await client.change()
    assert data["errors"] == ["Error 413: Payload Too Large"]
    assert data["record"] == {"id": 1, "price": 1.5}


async def test_truncate_and_rollback_are_silent(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.sql("begin; insert into items(id) values (1); rollback; truncate items")
        items.catch_up()
        await client.heartbeat()


async def test_order_across_tables_is_commit_order(items: LocalBackend, connect: Connect) -> None:
    items.sql(
        "create table others(id int primary key);"
        "alter publication supabase_realtime add table others"
    )
    async with connect() as client:
        await client.join(table="*")
        items.sql(
            "insert into items(id) values (1); insert into others values (2);"
            "insert into items(id) values (3); insert into others values (4)"
        )
        seen = [(await client.change())["record"]["id"] for _ in range(4)]
    assert seen == [1, 2, 3, 4]


async def test_two_roles_hear_what_each_may_see(items: LocalBackend, connect: Connect) -> None:
    mine = "11111111-2222-3333-4444-555555555555"
    items.sql(
        "alter table items enable row level security;"
        "create policy own on items for select to authenticated using (owner = auth.uid())"
    )
    async with connect() as owner, connect() as stranger:
        await owner.join(token=items.token(sub=mine))
        await stranger.join(token=items.token(sub=mine.replace("1", "9")))
        items.sql(f"insert into items(id, owner) values (1, '{mine}'), (2, null)")
        items.catch_up()
        items.sql("delete from items")
        told = [await owner.change() for _ in range(3)]
        assert [(data["type"], data.get("record", {}).get("id")) for data in told] == [
            ("INSERT", 1),
            ("DELETE", None),
            ("DELETE", None),
        ]
        assert [(await stranger.change())["old_record"] for _ in range(2)] == [{"id": 1}, {"id": 2}]


async def test_failing_policy_loses_the_batch_for_everybody(
    items: LocalBackend, connect: Connect
) -> None:
    items.sql(
        "alter table items enable row level security;"
        "create policy bad on items for select to anon using (1 / (id - 1) > 0)"
    )
    async with connect() as client, connect(items.anon_key) as anonymous:
        await client.join()
        await anonymous.join()
        items.sql("insert into items(id) values (1)")
        items.catch_up()
        await client.heartbeat()
        items.sql("delete from items")
        items.sql("insert into items(id) values (2)")
        assert [(await client.change())["type"] for _ in range(2)] == ["DELETE", "INSERT"]


async def test_leaving_and_closing_end_subscriptions(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        assert items.subscriptions == 1
        await client.push("realtime:t", "phx_leave", {})
        assert [(await client.read())["event"] for _ in range(2)] == ["phx_reply", "phx_close"]
        assert items.subscriptions == 0
        await client.join()
    await until(lambda: items.subscriptions == 0)


async def test_a_client_that_leaves_in_the_handshake_is_no_error(
    backend: LocalBackend, caplog: pytest.LogCaptureFixture
) -> None:
    host, _, port = backend.url.removeprefix("http://").partition(":")
    request = (
        f"GET /realtime/v1/websocket?apikey={backend.anon_key} HTTP/1.1\r\nHost: {host}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    )
    for _ in range(20):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request.encode())
        writer.write_eof()
        await reader.read()
        writer.close()
        await writer.wait_closed()
    assert caplog.messages == []


async def test_limits_of_a_socket(items: LocalBackend, connect: Connect) -> None:
    items.settings.max_channels = 1
    items.settings.idle_timeout_s = 0.2
    async with connect() as client:
        await client.join()
        await client.push("realtime:second", "phx_join", {})
        reply = await client.read()
        assert reply["payload"]["response"] == {
            "reason": "ChannelRateLimitReached: Too many channels"
        }
        with pytest.raises(websockets.ConnectionClosedOK) as closed:
            await client.read()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000


async def test_capture_survives_the_loss_of_its_connection(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        before = items.sql("select slot_name from pg_replication_slots")
        items.sql("select pg_terminate_backend(active_pid) from pg_replication_slots")

        def is_new() -> bool:
            after = items.sql("select slot_name from pg_replication_slots where active")
            return bool(after) and after != before

        await until(is_new)
        items.sql("insert into items(id) values (5)")
        assert (await client.change())["record"]["id"] == 5
