"""One local backend for the whole session, and a client that speaks the bare protocol."""

from __future__ import annotations

import asyncio
import itertools
import json
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

from rtwidget.local import Settings
from tests.integration.steady import steady_backend
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from rtwidget.local import LocalBackend

    Connect = Callable[..., AbstractAsyncContextManager["PhoenixClient"]]
    Rest = Callable[..., httpx.Response]
    Patch = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def shared_backend() -> Iterator[LocalBackend]:
    with steady_backend(replace(Settings.prompt(), poll_interval_s=0.02)) as backend:
        yield backend


@pytest.fixture
def backend(shared_backend: LocalBackend) -> Iterator[LocalBackend]:
    """The shared backend with an empty schema and default settings."""
    settings = shared_backend.settings
    kept = {name: getattr(settings, name) for name in settings.__slots__}
    shared_backend.sql(
        "drop schema public cascade; create schema public;"
        "grant usage on schema public to anon, authenticated, service_role;"
        "alter default privileges in schema public"
        " grant all on tables to anon, authenticated, service_role;"
        "alter default privileges in schema public"
        " grant all on sequences to anon, authenticated, service_role"
    )
    yield shared_backend
    shared_backend.faults.clear()
    for name, value in kept.items():
        setattr(settings, name, value)


@pytest.fixture
def items(backend: LocalBackend) -> LocalBackend:
    """A backend with a small published table."""
    backend.sql(
        "create table items(id bigint primary key, name text, price numeric(20,8), owner uuid);"
        "alter publication supabase_realtime add table items"
    )
    return backend


@pytest.fixture
def rest(backend: LocalBackend) -> Iterator[Rest]:
    """Send one REST request; the anon key unless told otherwise."""
    with httpx.Client(base_url=backend.url) as client:

        def send(path: str, method: str = "GET", **headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return client.request(
                method, f"/rest/v1/{path}", headers={"apikey": backend.anon_key, **named}
            )

        yield send


class PhoenixClient:
    """A WebSocket with vsn 1.0.0 that keeps nothing to itself."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self._refs = itertools.count(1)

    async def push(self, topic: str, event: str, payload: dict[str, Any]) -> str:
        ref = str(next(self._refs))
        frame = {"topic": topic, "event": event, "payload": payload, "ref": ref, "join_ref": ref}
        await self.socket.send(json.dumps(frame))
        return ref

    async def read(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await self.read_text())
        return frame

    async def read_text(self) -> str:
        async with asyncio.timeout(PATIENCE_S):
            return str(await self.socket.recv())

    async def change(self) -> dict[str, Any]:
        """Read on to the next change; return its payload's data."""
        while True:
            frame = await self.read()
            if frame["event"] == "postgres_changes":
                data: dict[str, Any] = frame["payload"]["data"]
                return data

    async def join(
        self,
        table: str = "items",
        token: str | None = None,
        topic: str = "realtime:t",
        **entry: object,
    ) -> dict[str, Any]:
        """Join for one table; return the payload of the system message."""
        binding = {"event": "*", "schema": "public", "table": table, **entry}
        payload: dict[str, Any] = {"config": {"postgres_changes": [binding]}}
        if token is not None:
            payload["access_token"] = token
        await self.push(topic, "phx_join", payload)
        reply = await self.read()
        assert reply["payload"]["status"] == "ok", reply
        while True:
            frame = await self.read()
            if frame["event"] == "system":
                system: dict[str, Any] = frame["payload"]
                return system

    async def heartbeat(self) -> None:
        """Prove that nothing else was on its way: the answer is the very next frame."""
        ref = await self.push("phoenix", "heartbeat", {})
        frame = await self.read()
        assert (frame["event"], frame["ref"]) == ("phx_reply", ref), frame


@pytest.fixture
def connect(backend: LocalBackend) -> Connect:
    """Open a Realtime socket with a key, the service key unless told otherwise."""

    @asynccontextmanager
    async def opened(key: str | None = None, vsn: str = "1.0.0") -> AsyncIterator[PhoenixClient]:
        address = backend.url.replace("http", "ws", 1) + "/realtime/v1/websocket"
        address += f"?apikey={key or backend.service_key}&vsn={vsn}"
        async with websockets.connect(address, max_size=None, proxy=None) as socket:
            yield PhoenixClient(socket)

    return opened


@pytest.fixture
def tasks(backend: LocalBackend) -> LocalBackend:
    create = (
        "create table {0}.tasks(id int primary key, name text, cost numeric(6,2) default 7,"
        " owner uuid);insert into {0}.tasks select n, 'task ' || n, n from generate_series(1, 4) n;"
    )
    backend.sql(
        "drop schema if exists private cascade; create schema private;"
        "grant usage on schema private to anon, authenticated, service_role;"
        + create.format("public")
        + create.format("private")
        + "grant all on all tables in schema private to anon, authenticated, service_role"
    )
    return backend


@pytest.fixture
def patch(tasks: LocalBackend) -> Iterator[Patch]:
    """Send a PATCH with the anon key unless told otherwise."""
    with httpx.Client(base_url=tasks.url) as client:

        def send(query: str, values: Any, **headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return client.patch(
                f"/rest/v1/{query}",
                content=values if isinstance(values, str) else json.dumps(values),
                headers={"apikey": tasks.anon_key, "Content-Type": "application/json", **named},
            )

        yield send
