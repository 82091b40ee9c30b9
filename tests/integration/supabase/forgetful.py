"""A gateway that reads a query string as a mapping: of parameters of the same name it passes on one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, urlencode

from aiohttp import ClientSession, web

HOP_BY_HOP = frozenset({"host", "connection", "transfer-encoding", "content-length"})


@asynccontextmanager
async def forgetful(url: str, *, keeps_first: bool) -> AsyncIterator[str]:
    """Run a gateway before a server of this URL, and return the gateway's own.

    Args:
        url: The server's.
        keeps_first: Whether the first or the last parameter of a name is kept.
    """
    async with ClientSession(auto_decompress=False) as session:

        async def pass_on(request: web.Request) -> web.Response:
            pairs = parse_qsl(request.query_string, keep_blank_values=True)
            kept = dict(reversed(pairs) if keeps_first else pairs)
            headers = {k: v for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP}
            target = f"{url}{request.rel_url.raw_path}?{urlencode(kept)}"
            async with session.request(request.method, target, headers=headers) as answer:
                body = await answer.read()
                headers = {k: v for k, v in answer.headers.items() if k.lower() not in HOP_BY_HOP}
                return web.Response(status=answer.status, headers=headers, body=body)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await asyncio.shield(runner.cleanup())
