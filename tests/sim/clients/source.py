"""The simulated table as a `Source`: one query, read and announced as one identity."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TypeVar

from rtwidget.abc import Answer, Event, Live, Page, Watermark
from rtwidget.errors import ConnectionLostError, SourceError, TableNotFoundError
from rtwidget.replica.keys import Key, Row, key_of
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.token_pool import TokenPool
from tests.sim.servers.backend import Backend
from tests.sim.servers.channel import Channel
from tests.sim.servers.realtime_server import Subscription
from tests.sim.servers.table import Query

T = TypeVar("T")


class SimSource:
    """A source over the simulated backend."""

    def __init__(self, backend: Backend, query: Query, tokens: TokenPool) -> None:
        self.query = query
        self._tokens = tokens
        self.closed = False
        self._backend = backend
        self._view = backend.table.view(query)

    @property
    def top_rows(self) -> int | None:
        return self.query.top

    @property
    def version_column(self) -> str | None:
        return "version" if self._backend.versions else None

    async def describe(self) -> Schema:
        def look() -> Schema:
            self._demand_table()
            names = self._backend.network.faults.catalog or self._backend.table.columns
            return Schema(tuple(map(Column, names)), self._backend.table.key_names)

        return await self._ask("describe", look)

    async def last_key(self) -> Key | None:
        return await self._ask("last", lambda: self._keys()[-1] if self._keys() else None)

    async def key_bounds(self, parts: int) -> list[Key]:
        bounds: list[Key] = []
        for part in range(1, parts):
            # Each is looked up at a moment of its own, so that writes come between.
            keys = await self._ask("bound", self._keys)
            bounds += keys[len(keys) * part // parts :][:1]
        return bounds

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        table = self._backend.table
        places = [table.columns.index(name) for name in table.key_names]
        rows = (await self._ask("page", lambda: self._page(after, until, 1))).rows
        return key_of(rows[0], places) if rows else None

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        return await self._ask("page", lambda: self._page(after, until, limit))

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        def look() -> Page:
            page, table = self._page(after, until, limit), self._backend.table
            names = (*table.key_names, "version")
            places = [table.columns.index(name) for name in names]
            rows = [tuple(row[place] for place in places) for row in page.rows]
            return Page(names if rows else (), rows, len(rows) * 10)

        return await self._ask("page", look)

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        return await self._ask("keys", lambda: self._answer(keys), len(keys))

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        def look() -> Answer:
            rows = list(self._view.answer.values())
            cap = self._backend.network.faults.page_cap
            whole = len(rows) <= cap
            return Answer(
                self._names(rows), rows[:cap], len(rows) * self._backend.row_bytes, whole=whole
            )

        return await self._ask("top", look)

    async def ping(self) -> None:
        await self._ask("ping", self._demand_table)

    async def probe(self) -> Watermark | None:
        def look() -> Watermark:
            place = self._backend.table.columns.index("version")
            rows = self._view.answer
            newest = max(rows, key=lambda key: int(rows[key][place] or 0), default=None)
            if newest is None or not self._backend.versions:
                return Watermark(len(rows))
            return Watermark(len(rows), (newest, rows[newest][place]))

        return await self._ask("probe", look)

    async def notifications(self) -> AsyncGenerator[Event, None]:
        server = self._backend.server
        await asyncio.sleep(0.08)
        token = await self._tokens.current(ask=True)
        for refusal in (server.faults.refusing, server.faults.unavailable):
            if refusal is not None:
                await asyncio.sleep(2.0)
                raise refusal
        if server.down:
            await asyncio.sleep(2.0)
            raise ConnectionLostError("Realtime was unable to connect to the project database.")
        subscription = Subscription(self.query.identity)
        channel = Channel(self._backend, self._tokens, subscription)
        renewing = asyncio.create_task(channel.renew(token))
        try:
            channel.join(token)
            server.subscribe(subscription)
            if server.faults.never_live:
                await asyncio.sleep(60.0)
                raise ConnectionLostError("The server did not say that it is live in time.")
            await asyncio.sleep(server.faults.live_delay_s)
            server.connections.append(subscription)
            if not server.hears_before_live:
                subscription.frames = asyncio.Queue()
            yield Live(ends_with_connection=not server.hears_before_live)
            while True:
                event = await channel.next()
                if isinstance(event, SourceError):
                    raise event
                yield event
        finally:
            renewing.cancel()
            server.unsubscribe(subscription)
            await asyncio.sleep(self._backend.leave_s)

    async def aclose(self) -> None:
        await asyncio.sleep(0.01)
        self.closed = True

    async def _ask(self, kind: str, look: Callable[[], T], size: int = 1) -> T:
        assert not self.closed, "A source that was closed is read."
        network, tokens, meter = self._backend.network, self._backend.tokens, self._backend.meter

        async def read(token: Token) -> T:
            def let_in() -> T:
                tokens.demand(token)
                return look()

            while network.faults.locked == self.query.identity:  # noqa: ASYNC110  (time is virtual)
                await asyncio.sleep(1.0)
            return await network.ask(kind, let_in)

        meter.began(self, kind, size)
        failed = True
        try:
            answer = await self._tokens.read(read)
            failed = False
        finally:
            meter.ended(self, kind, failed=failed)
        return answer

    def _demand_table(self) -> None:
        if self._backend.network.faults.table_missing:
            raise TableNotFoundError("The table is not in the schema cache.", code="PGRST205")

    def _keys(self) -> list[Key]:
        self._demand_table()
        return sorted(self._view.answer, key=self._backend.table.rank)

    def _page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        rank, keys = self._backend.table.rank, self._keys()
        keys = [key for key in keys if after is None or rank(key) > rank(after)]
        keys = [key for key in keys if until is None or rank(key) <= rank(until)]
        cap = min(limit, self._backend.page_rows, self._backend.network.faults.page_cap)
        rows = [self._view.answer[key] for key in keys[:cap]]
        return Page(
            self._names(rows),
            rows,
            len(rows) * self._backend.row_bytes,
            total=len(self._view.answer),
        )

    def _answer(self, keys: Sequence[Key]) -> Answer:
        self._demand_table()
        faults, answer = self._backend.network.faults, self._view.answer
        found = [answer[key] for key in keys if key in answer]
        rows = found[: faults.key_cap]
        whole = not rows or (faults.counting and len(rows) == len(found))
        return Answer(self._names(rows), rows, len(rows) * self._backend.row_bytes, whole=whole)

    def _names(self, rows: Sequence[Row]) -> tuple[str, ...]:
        return self._backend.table.columns if rows else ()
