"""Misbehaviour on request: what networks and servers do to a client, at a test's command."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from rtwidget.local.faults.database_faults import DatabaseFaults
from rtwidget.local.faults.event_faults import EventFaults
from rtwidget.local.faults.latency import Latency
from rtwidget.local.faults.rest_faults import Failure, RestFaults
from rtwidget.local.faults.socket_faults import SocketFaults

if TYPE_CHECKING:
    import asyncio

    from rtwidget.local.faults.server_calls import RunningServer

RESTARTING = "RealtimeRestarting: Realtime is restarting, please standby"


class Faults(DatabaseFaults):
    """What is wrong with the backend right now. Any thread may call; calls return when done.

    What lasts, lasts until `clear`. What happened once is not undone: a lost event stays lost.
    """

    def __init__(self) -> None:
        super().__init__()
        # One part for each thing that can break; the servers ask the part that concerns them.
        self.events = EventFaults()
        self.lag = Latency()
        self.rest = RestFaults()
        self.sockets = SocketFaults()
        self.tokens_valid_from = 0.0

    def attach(self, loop: asyncio.AbstractEventLoop, server: RunningServer) -> None:
        """Name the server that faults act on; it calls this itself when it starts."""
        self._server.attach(loop, server)

    def detach(self) -> None:
        """Forget the server, because it ends, and let go whom it holds back."""
        self._server.detach()
        # Whoever waits has to end with the server, or its shutdown would wait for them.
        self.lag.wake()
        self.sockets.wake()
        self.rest.stalled.wake()

    def drop_events(self, count: int) -> None:
        """Lose the next changes that somebody would hear of, for everybody, silently."""
        self.events.drop(count)

    def silence(self, seconds: float) -> None:
        """Lose every change for so many seconds, while heartbeats are answered, as over the rate limit."""
        self.events.silence(seconds)

    def limit_events(self, per_second: float = 100.0, window_s: float = 60.0) -> None:
        """Lose changes silently while there are too many, as the real server does.

        Each change counts once for every subscription that it reaches. A burst passes; once the
        average over the window is too high, everything is lost until it is not, for up to a window.

        Args:
            per_second: The limit (real: 100, on larger plans up to 2,500).
            window_s: What the average is taken over, in seconds, looked at twelve times (real: 60 s).
        """
        self.events.limit(per_second, window_s)

    def duplicate_events(self) -> None:
        """Tell every change twice."""
        self.events.duplicate()

    def reorder_events(self) -> None:
        """Tell the changes of each poll backwards."""
        self.events.reorder()

    def close(self, code: int = 1012) -> None:
        """Close every Realtime socket with a code: 1012 is a deploy, 1000 an idle timeout."""
        self._server.run(lambda server: server.close_sockets(code))

    def reset_tcp(self) -> None:
        """Reset every TCP connection, REST and Realtime, without a close frame."""
        self._server.run(lambda server: server.reset_tcp())

    def block_websocket(
        self,
        blocked: bool = True,  # noqa: FBT001, FBT002  (a switch)
        *,
        hang: bool = False,
    ) -> None:
        """Let no Realtime handshake through, as some proxies do; open sockets stay.

        Args:
            blocked: False lets them through again.
            hang: Whether to never answer instead of with HTTP 503.
        """
        self.sockets.block(blocked=blocked, hang=hang)

    def refuse_joins(self, times: int = 1, reason: str = RESTARTING) -> None:
        """Answer the next joins with an error.

        Args:
            times: Number of joins.
            reason: What the reply says; the socket stays open.
        """
        self.sockets.refuse(times, reason)

    def delay_subscribed(self, seconds: float) -> None:
        """Let every later join wait for its subscription, as on a cold server; the reply comes at once.

        What is committed meanwhile is not told.
        """
        self.sockets.delay(seconds)

    def repeat_subscribed(self) -> None:
        """Say "Subscribed to PostgreSQL" once more on every subscribed channel."""
        self._server.each_channel(lambda channel: channel.repeat_subscribed())

    def system_error(
        self, message: str, extension: Literal["system", "postgres_changes"] = "system"
    ) -> None:
        """Send every channel a system error.

        Args:
            message: What it says.
            extension: After an error of "system" the channel is closed; after one of
                "postgres_changes" it stays joined, and dead.
        """
        ends = extension == "system"
        self._server.each_channel(
            lambda channel: channel.fail(message) if ends else channel.go_dead(message)
        )

    def expire_tokens(self) -> None:
        """Let every token issued before now have expired, the project's keys excepted."""
        # Not the tokens change, only what the servers think of them, so `clear` can take it back.
        self.tokens_valid_from = time.time()
        self._server.each_channel(lambda channel: channel.expire())

    def rest_status(
        self,
        status: int,
        times: int = 1,
        retry_after_s: float | None = None,
        code: str | None = None,
    ) -> None:
        """Answer the next REST requests with an error.

        Args:
            status: HTTP status.
            times: Number of requests.
            retry_after_s: The header `Retry-After`, in seconds.
            code: SQLSTATE or PostgREST's own code; None for the usual one.
        """
        self.rest.fail(Failure(status, retry_after_s, code), times)

    def cap_pages(self, rows: int) -> None:
        """Answer REST reads with so many rows at most, without saying so."""
        self.rest.cap(rows)

    def stall_reads(self, seconds: float) -> None:
        """Hold back REST answers for so many seconds; they say what was true when they were asked for."""
        self.rest.stalled.block(seconds)

    def latency(self, seconds: float) -> None:
        """Let every answer and every frame arrive so many seconds later, as from a server far away."""
        self.lag.set(seconds)

    def clear(self) -> None:
        """Behave again, Postgres included. What was lost, closed or reset stays so."""
        self._bring_back()
        self.events.clear()
        self.lag.clear()
        self.rest.clear()
        self.sockets.clear()
        self.tokens_valid_from = 0.0
