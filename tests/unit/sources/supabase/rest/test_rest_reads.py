"""Reads over the REST API: what is asked of the server, and what its answers mean."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import AuthenticationError, ErrorKind, SourceError, UnreachableError
from rtwidget.replica.keys import NumberText
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.endpoint import checked_endpoint
from rtwidget.sources.supabase.http.transport import Reply, Transport
from rtwidget.sources.supabase.rest import rest_reads
from rtwidget.sources.supabase.rest.rest_reads import RestClient

ENDPOINT = checked_endpoint("http://localhost:54321", None, insecure=False)
TOKEN = Token(Secret("hidden-token"), "ada", 1_800_000_000)
BEFORE, AFTER = "Fri, 15 Jan 2027 07:59:59 GMT", "Fri, 15 Jan 2027 08:00:00 GMT"


class Server:
    """Gives one answer to all, and keeps what it was asked."""

    def __init__(self, body: bytes = b"[]", status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.reply = Reply(status, named, body, 17)
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    async def send(self, method: str, path: str, token: Secret, **more: Any) -> Reply:
        assert token == TOKEN.secret
        self.asked.append((method, path, more))
        return self.reply


def reading(server: Server, table: str = "t") -> RestClient:
    client = RestClient(ENDPOINT, Secret("hidden-key"), TableQuery("app", table))
    client._transport = cast("Transport", server)
    return client


async def test_a_read_names_schema_and_table_and_counts_only_when_asked_to() -> None:
    server = Server()
    client = reading(server, "a/b c")
    await client.rows("limit=1", TOKEN)
    await client.rows("limit=1", TOKEN, "estimated")
    (_, path, first), (_, _, second) = server.asked
    assert path == "a%2Fb%20c?limit=1"
    assert first["headers"] == {"accept-profile": "app"}
    assert second["headers"] == {"accept-profile": "app", "prefer": "count=estimated"}


async def test_an_answer_tells_its_sizes_and_keeps_every_digit() -> None:
    body = b' \n[{"id": 1, "amount": 0.10}]'
    rows = await reading(Server(body, content_range="0-0/3000000")).rows("", TOKEN)
    assert (rows.columns, rows.rows) == (("id", "amount"), [(1, NumberText("0.10"))])
    assert (rows.total, rows.wire_bytes, rows.size_bytes) == (3_000_000, 17, len(body))


async def test_a_big_answer_is_read_as_a_small_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps([{"id": number} for number in range(100)]).encode()
    small = await reading(Server(body)).rows("", TOKEN)
    monkeypatch.setattr(rest_reads, "_INLINE_BYTES", 10)
    assert await reading(Server(body)).rows("", TOKEN) == small


@pytest.mark.parametrize("body", [b"<html>hidden-token</html>", b"{}", b"", b'{"k":"hidden-key"}'])
async def test_a_page_that_came_instead_of_rows_is_no_answer(body: bytes) -> None:
    with pytest.raises(UnreachableError) as caught:
        await reading(Server(body)).rows("", TOKEN)
    assert "hidden" not in str(caught.value)


async def test_a_refusal_that_repeats_our_secrets_does_not_show_them() -> None:
    server = Server(b'{"message":"no hidden-token, no hidden-key"}', 418)
    with pytest.raises(SourceError, match=r"no \*\*\*, no \*\*\*"):
        await reading(server).count("", TOKEN, "exact")


async def test_a_change_is_sent_as_json_to_the_same_schema_and_counted() -> None:
    server = Server(b"", 204, content_range="*/1")
    assert await reading(server).change("id=eq.1", b'{"a":1}', TOKEN) == 1
    ((method, path, more),) = server.asked
    assert (method, path, more["body"]) == ("PATCH", "t?id=eq.1", b'{"a":1}')
    assert more["headers"]["content-profile"] == "app"
    assert more["headers"]["content-type"] == "application/json"
    assert more["headers"]["prefer"] == "count=exact"


async def test_a_server_that_does_not_count_says_nothing() -> None:
    assert await reading(Server(content_range="0-1/*")).count("", TOKEN, "exact") is None


@pytest.mark.parametrize("status", [401, 403, 404, 405, 406])
async def test_a_closed_description_is_empty(status: int) -> None:
    assert await reading(Server(b'{"message":"no"}', status)).catalog(TOKEN) == b""


@pytest.mark.parametrize(("status", "code"), [(401, "PGRST301"), (500, "XX000"), (503, "PGRST002")])
async def test_a_description_that_fails_is_not_taken_for_a_closed_one(
    status: int, code: str
) -> None:
    with pytest.raises(SourceError) as caught:
        await reading(Server(json.dumps({"code": code}).encode(), status)).catalog(TOKEN)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("date", "kind"), [(BEFORE, ErrorKind.TRANSIENT), (AFTER, ErrorKind.NEEDS_TOKEN)]
)
async def test_a_refused_token_may_be_taken_later_unless_it_ended_by_the_servers_clock(
    date: str, kind: ErrorKind
) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await reading(Server(b'{"code":"PGRST303"}', 401, date=date)).rows("", TOKEN)
    assert caught.value.kind is kind
