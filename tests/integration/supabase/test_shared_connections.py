"""The connections of a project follow the budget of reads, not the number of tables; who shares them learns and breaks nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from rtwidget import live_table
from rtwidget.errors import UnreachableError
from rtwidget.local import LocalBackend
from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from rtwidget.sources.supabase.endpoint import checked_endpoint
from rtwidget.sources.supabase.http.client_pool import shared_pool
from rtwidget.sources.supabase.source import SupabaseSource
from tests.integration.hostile.liar import Liar
from tests.integration.requested import requested
from tests.integration.supabase.conftest import Open
from tests.integration.table.conftest import until_true
from tests.patience import PATIENCE_S

TABLES, LIVE_TABLES = 200, 12
MORE_THAN_STEPS = 60
"""How many turns of the loop a read may take at most, when it is given up after each of them in turn."""

Asked = Callable[..., Awaitable[SupabaseSource]]


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    """Open a source on any server."""
    sources: list[SupabaseSource] = []

    async def ask(url: str, key: str) -> SupabaseSource:
        resolved = await requested("t", url=url, key=key, primary_key="id").resolve()
        assert isinstance(resolved.source, SupabaseSource)
        assert resolved.identity is not None
        await resolved.identity.lend()
        sources.append(resolved.source)
        return resolved.source

    yield ask
    for source in sources:
        await source.aclose()


def sockets_to(url: str) -> int:
    """Return how many connections of this process lead to a server."""
    port = f":{urlsplit(url).port:04X}"
    lines = Path("/proc/self/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    established = "01"
    return sum(line.split()[2].endswith(port) and line.split()[3] == established for line in lines)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel which sockets there are")
async def test_the_sources_of_two_hundred_tables_have_four_connections(
    backend: LocalBackend, opened: Open
) -> None:
    sources = [await opened(filter=f"id=gt.{-number}") for number in range(TABLES)]
    most = 0

    async def read(source: SupabaseSource) -> int:
        nonlocal most
        rows = (await source.read_page(None, None, 10)).rows
        most = max(most, sockets_to(backend.url))
        return len(rows)

    assert await asyncio.gather(*map(read, sources)) == [5] * TABLES
    assert most == PROJECT_READS_IN_FLIGHT
    for source in sources:
        await source.aclose()
    assert sockets_to(backend.url) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel which sockets there are")
def test_live_tables_have_those_and_one_for_each_stream(backend: LocalBackend) -> None:
    filters = [f"id=gt.{-number}" for number in range(LIVE_TABLES)]
    tables = [live_table("t", url=backend.url, key=backend.anon_key, filter=one) for one in filters]
    try:
        for table in tables:
            table.wait_ready(60)
        # All read one table, and rotation is minutes away.
        assert 1 <= sockets_to(backend.url) <= PROJECT_READS_IN_FLIGHT + 1
    finally:
        for table in tables:
            table.close()
    assert sockets_to(backend.url) == 0


async def test_a_table_that_closes_breaks_no_read_of_another(asked: Asked) -> None:
    going_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def slow(_request: web.Request, rows: list[dict[str, object]]) -> web.StreamResponse:
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(going_on.wait(), loop))
        return web.json_response(rows)

    with Liar() as liar:
        first, second = await asked(liar.url, "one"), await asked(liar.url, "two")
        assert len((await first.read_page(None, None, 10)).rows) == 2
        liar.lie, before = slow, liar.asked
        reading = asyncio.ensure_future(second.read_page(None, None, 10))
        await asyncio.to_thread(until_true, lambda: liar.asked > before, "The slow read")
        await first.aclose()
        with pytest.raises(UnreachableError, match="closed here"):
            await first.read_page(None, None, 10)
        going_on.set()
        assert len((await reading).rows) == 2
        await second.aclose()
        third = await asked(liar.url, "one")
        assert len((await third.read_page(None, None, 10)).rows) == 2


async def test_no_cookie_goes_from_one_reader_to_another(asked: Asked) -> None:
    seen: list[tuple[str, str | None]] = []

    def baker(request: web.Request, rows: list[dict[str, object]]) -> web.StreamResponse:
        seen.append((request.headers["authorization"], request.headers.get("cookie")))
        answer = web.json_response(rows)
        answer.set_cookie("session", request.headers["authorization"][-3:])
        return answer

    with Liar() as liar:
        liar.lie = baker
        for key in ("one", "two", "one"):
            await (await asked(liar.url, key)).read_page(None, None, 10)
    assert {who for who, _cookie in seen} == {"Bearer one", "Bearer two"}
    assert {cookie for _who, cookie in seen} == {None}


async def test_reads_that_are_given_up_at_any_moment_leave_every_place_free(opened: Open) -> None:
    source = await opened(primary_key="id")
    for steps in range(MORE_THAN_STEPS):
        reading = asyncio.ensure_future(source.read_page(None, None, 10))
        for _ in range(steps):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.wait([reading])
    async with asyncio.timeout(PATIENCE_S):
        places = range(2 * PROJECT_READS_IN_FLIGHT)
        pages = await asyncio.gather(*(source.read_page(None, None, 10) for _ in places))
    assert [len(page.rows) for page in pages] == [5] * len(places)


async def test_another_environment_means_other_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = checked_endpoint("https://ref.supabase.co", None, insecure=False)
    same = [shared_pool(endpoint), shared_pool(endpoint)]
    assert same[0] is same[1]
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert shared_pool(endpoint) is not same[0]
    assert not same[0].leave()
    assert same[0].leave()
    monkeypatch.delenv("HTTPS_PROXY")
    # What nobody uses any more is being closed.
    assert shared_pool(endpoint) is not same[0]
