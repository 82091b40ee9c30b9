"""Waiting for what nobody announces."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from typing import TYPE_CHECKING

import psycopg

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import PhoenixClient


async def until(condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110  (the server tells nobody)
            await asyncio.sleep(0.005)


def wait_until(condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.01)


def is_up(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


async def first_heard(backend: LocalBackend, client: PhoenixClient, first: int) -> int:
    """Insert rows until one is heard of; return its key."""
    waiting = asyncio.ensure_future(client.change())
    async with asyncio.timeout(PATIENCE_S):
        for key in itertools.count(first):
            backend.sql("insert into items(id) values (%s)", key)
            done, _ = await asyncio.wait({waiting}, timeout=0.05)
            if done:
                break
    record: dict[str, int] = (await waiting)["record"]
    return record["id"]
