"""From a key-only Realtime frame on a websocket to a dirty key, against supabase-py's realtime client."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import cast

from realtime import AsyncRealtimeClient
from realtime.types import PostgresChangesPayload, RealtimePostgresChangesListenEvent

from bench.cases import Result
from bench.measure import medians
from bench.network.frame_server import KEYS
from rtwidget.abc import Event, Notification, Source
from rtwidget.feed.notification_handler import NotificationHandler
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.endpoint import checked_endpoint
from rtwidget.sources.supabase.realtime.socket import listen
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

_OUR_FRAMES = 100_000
# Fewer for the slower one, so that both take about as long.
_THEIR_FRAMES = 10_000
_LIMIT_S = 60
_KEY = "sb_publishable_bench"


def run() -> list[Result]:
    """Return the frames a second that each takes in, one core, the sender on the other."""
    rates = medians(
        {
            "ours": lambda: _rate(_ours, _OUR_FRAMES),
            "supabase-py": lambda: _rate(_theirs, _THEIR_FRAMES),
        }
    )
    return [
        Result(
            "key-only frame to dirty key, over a websocket",
            rates["ours"],
            rates["supabase-py"],
            "frames/s",
            40_000,
            "supabase-py's realtime client",
            "ours",
        )
    ]


def _rate(receive: Callable[[int, int], Awaitable[float]], frames: int) -> float:
    with _server(frames) as port:
        return frames / asyncio.run(_within_limit(receive(port, frames)))


async def _within_limit(receiving: Awaitable[float]) -> float:
    return await asyncio.wait_for(receiving, _LIMIT_S)


@contextmanager
def _server(frames: int) -> Iterator[int]:
    # In another process, so that sending does not count as receiving.
    command = [sys.executable, "-m", "bench.network.frame_server", str(frames)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


class _Stopwatch:
    """Times from the first frame to the last.

    Args:
        frames: How many there are.
    """

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._began = 0.0
        self.took_s: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def frame(self) -> None:
        """One came and was dealt with."""
        self._began = self._began or time.perf_counter()
        self._left -= 1
        if not self._left:
            self.took_s.set_result(time.perf_counter() - self._began)


class _Listening(NotificationHandler):
    """A feed's own listener, with a stopwatch."""

    def __init__(self, state: FeedState, watch: _Stopwatch) -> None:
        super().__init__(state, by_keys=True)
        self._watch = watch

    def stream_notified(self, notification: Notification) -> None:
        super().stream_notified(notification)
        self._watch.frame()


class _SocketSource:
    """A source that only notifies: the stream asks for nothing else.

    Args:
        port: Where the server listens.
    """

    def __init__(self, port: int) -> None:
        self._endpoint = checked_endpoint(f"http://127.0.0.1:{port}", None, insecure=False)
        self._key = Secret(_KEY)
        self._tokens = TokenPool(TokenKeeper(self._key, None))

    def notifications(self) -> AsyncGenerator[Event]:
        return listen(self._endpoint, self._key, self._tokens, ("public", "bench", ("id",)))


async def _ours(port: int, frames: int) -> float:
    state = FeedState(time.time, PassPlan(verify_every_s=None, top=False))
    watch = _Stopwatch(frames)
    listening = _Listening(state, watch)
    stream = SharedStream(time.time, lambda: 0.5, Project())
    stream.join(listening, cast("Source", _SocketSource(port)))
    took_s = await watch.took_s
    # Whoever is fast because it drops frames would be found out here.
    assert len(state.replica.dirty) == KEYS
    await stream.leave(listening)
    return took_s


async def _theirs(port: int, frames: int) -> float:
    watch, dirty = _Stopwatch(frames), set()

    def changed(payload: PostgresChangesPayload) -> None:
        dirty.add((payload["data"]["record"] or {})["id"])
        watch.frame()

    # Without reconnecting, so that a lost connection fails the case instead of only slowing it down.
    client = AsyncRealtimeClient(f"ws://127.0.0.1:{port}/realtime/v1", _KEY, auto_reconnect=False)
    await client.connect()
    channel = client.channel("bench")
    channel.on_postgres_changes(
        RealtimePostgresChangesListenEvent.All, callback=changed, schema="public", table="bench"
    )
    await channel.subscribe()
    took_s = await watch.took_s
    assert len(dirty) == KEYS
    await client.close()
    return took_s
