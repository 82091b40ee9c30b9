"""A loop thread, a registry and in-process tables to play with from a test's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TypeVar

from rtwidget.abc import Answer, Event, Page, ResolvedSource
from rtwidget.errors import ReadTooLargeError, SourceError
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.registry import Registry
from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemorySource, MemoryTable
from tests.patience import PATIENCE_S

AnyPage = TypeVar("AnyPage", bound=Page)
SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))


@dataclass
class Server:
    """A table with what goes wrong on the way to it: each list holds the errors of the next calls."""

    table: MemoryTable = field(default_factory=lambda: MemoryTable(SCHEMA))
    identity: str = "ada"
    resolve_errors: list[SourceError] = field(default_factory=list)
    describe_errors: list[BaseException] = field(default_factory=list)
    page_errors: list[BaseException | None] = field(default_factory=list)
    key_errors: list[BaseException] = field(default_factory=list)
    stream_errors: list[SourceError] = field(default_factory=list)
    heavy: set[int] = field(default_factory=set)
    """Rows that are too large to be read."""
    most_rows: int = 10_000
    """More rows do not come at once."""
    asked_after: list[Key | None] = field(default_factory=list)
    asked_keys: list[int] = field(default_factory=list)
    top: int | None = None
    resolving: asyncio.Event | None = None
    closing: asyncio.Event | None = None
    closes: threading.Event = field(default_factory=threading.Event)
    closed_sources: int = 0
    wholly_closed: int = 0


def next_error(errors: Sequence[BaseException | None]) -> None:
    error = errors.pop(0) if isinstance(errors, list) and errors else None
    if error is not None:
        raise error


class ServerSource(MemorySource):
    """The in-process source, with the server's troubles."""

    def __init__(self, server: Server) -> None:
        super().__init__(server.table)
        self._server = server

    @property
    def top_rows(self) -> int | None:
        return self._server.top

    async def describe(self) -> Schema:
        next_error(self._server.describe_errors)
        return await super().describe()

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        self._server.asked_after.append(after)
        next_error(self._server.page_errors)
        return self._bearable(await super().read_page(after, until, limit))

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        self._server.asked_keys.append(len(keys))
        next_error(self._server.key_errors)
        return self._bearable(await super().read_keys(keys))

    def _bearable(self, page: AnyPage) -> AnyPage:
        server = self._server
        if len(page.rows) > server.most_rows or not server.heavy.isdisjoint(
            row[0] for row in page.rows
        ):
            raise ReadTooLargeError("The database could not give so much.", "Ask for less.")
        return page

    async def notifications(self) -> AsyncGenerator[Event]:
        next_error(self._server.stream_errors)
        async for event in super().notifications():
            yield event

    async def aclose(self) -> None:
        self._server.closed_sources += 1
        self._server.closes.set()
        if self._server.closing is not None:
            await self._server.closing.wait()
        self._server.wholly_closed += 1


class ServerRequest:
    """Asks for a server's table as whoever the server says that one is."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @property
    def title(self) -> str:
        return self._server.table.name

    async def resolve(self) -> ResolvedSource:
        if self._server.resolving is not None:
            await self._server.resolving.wait()
        next_error(self._server.resolve_errors)
        key = (id(self._server), self._server.identity)
        return ResolvedSource(key, ServerSource(self._server))


class Bench:
    """Opens handles on servers; `close` closes them and stops the loop."""

    def __init__(self) -> None:
        self.loop = LoopThread("test-loop")
        self.loop.acquire()
        self.registry = Registry()
        self.handles: list[TableHandle] = []

    def open(self, server: Server) -> TableHandle:
        handle = TableHandle(ServerRequest(server), None, self.loop, self.registry)
        self.handles.append(handle)
        return handle

    def do(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function on the loop thread, and wait until it returned."""

        async def run() -> None:
            function(*arguments)

        self.loop.submit(run()).result(PATIENCE_S)

    def close(self) -> None:
        for handle in self.handles:
            handle.close()
        self.loop.release()


def names(handle: TableHandle) -> dict[object, object]:
    snapshot = handle.snapshot()
    return {key[0]: row[1] for key, row in zip(snapshot.keys, snapshot.rows, strict=True)}


def until(handle: TableHandle, wanted: dict[int, str]) -> None:
    handle.wait(lambda: True if names(handle) == wanted else None, 10, f"The rows {wanted}")


def until_state(handle: TableHandle, state: State) -> None:
    handle.wait(lambda: True if handle.status.state is state else None, 10, f"The state {state}")


def until_true(handle: TableHandle, condition: Callable[[], bool], what: str) -> None:
    """Wait for something that the table tells sooner or later."""
    handle.wait(lambda: True if condition() else None, 10, what)


def until_happened(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that no table tells."""
    deadline = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < deadline, f"{what} did not happen within {PATIENCE_S} s"
        sleep(0.01)


def until_settled(handle: TableHandle) -> None:
    """Wait until the table is live and no pass is wanted or running, so that the next read is the test's own."""

    def settled() -> bool:
        lease = handle._attachment._lease
        replica = None if lease is None else lease.feed.state.replica
        idle = replica is not None and replica.want is None and replica.running is None
        return idle and handle.status.state is State.LIVE

    until_true(handle, settled, "Quiet")
