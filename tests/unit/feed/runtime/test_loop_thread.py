"""The end of the loop thread leaves no connection behind."""

from __future__ import annotations

import asyncio
import socket

from rtwidget.feed.runtime.loop_thread import LoopThread
from tests.patience import PATIENCE_S

MORE_THAN_IS_SENT_AT_ONCE = b"x" * 10_000_000


def test_a_connection_that_is_still_closing_ends_with_the_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        loop = LoopThread("ends")
        loop.acquire()

        async def leave() -> socket.socket:
            _, writer = await asyncio.open_connection(*server.getsockname())
            writer.write(MORE_THAN_IS_SENT_AT_ONCE)
            # It closes when all is sent, and nobody reads at the other end.
            writer.close()
            held: socket.socket = writer.get_extra_info("socket")
            return held

        held = loop.submit(leave()).result(PATIENCE_S)
        accepted, _ = server.accept()
        thread = loop._thread
        assert thread is not None
        loop.release()
        thread.join(PATIENCE_S)
        assert held.fileno() == -1
        accepted.close()
