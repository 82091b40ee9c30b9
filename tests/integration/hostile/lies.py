"""Answers that are wrong, each in its way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.integration.hostile.liar import Lie

Rows = list[dict[str, Any]]


def saying(body: bytes | str, status: int = 200, **headers: str) -> Lie:
    """Return a lie that is always the same."""
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _request, _rows: web.Response(body=raw, status=status, headers=named)


def changing(change: Callable[[Rows], object]) -> Lie:
    """Return a lie made of the true rows."""
    return lambda _request, rows: web.json_response(change(rows))


async def endless(request: web.Request, _rows: Rows) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"[")
    try:
        while True:
            await response.write(b" " * 65_536)
    except ConnectionError:
        return response


async def dripping(request: web.Request, _rows: Rows) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)
    except ConnectionError:
        return response


async def cut(request: web.Request, rows: Rows) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-length": "100000"})
    await response.prepare(request)
    await response.write(json.dumps(rows).encode())
    assert request.transport is not None
    request.transport.close()
    return response


def more_and_more(_request: web.Request, rows: Rows) -> web.Response:
    """Answer a page of keys with rows of other columns."""
    return web.json_response([{"x": {"y": row["id"]}, "id": row["id"]} for row in rows])


def without_end(request: web.Request, _rows: Rows) -> web.Response:
    """Answer each page with a thousand rows more, and the last key with one that none of them reaches."""
    if request.query["order"] == "id.desc":
        return web.json_response([{"id": 10**12}])
    after = int(request.query.get("id", "gt.0").removeprefix("gt."))
    return web.json_response([{"id": after + n, "name": "x"} for n in range(1, 1_001)])
