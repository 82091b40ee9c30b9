"""One joined topic: its subscriptions, its token and its end."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Protocol

import psycopg

from rtwidget.local.realtime import token_refusals
from rtwidget.local.realtime.channel_frames import ChannelFrames, FrameSender
from rtwidget.local.realtime.joining.binding import parse_binding
from rtwidget.local.realtime.joining.binding_validation import subscribe
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused, TopicRefused
from rtwidget.local.realtime.joining.private_topics import check_topic
from rtwidget.local.realtime.phoenix_frames import TOPIC_PREFIX
from rtwidget.local.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from rtwidget.local.realtime.joining.join_config import JoinConfig
    from rtwidget.local.realtime.realtime_services import RealtimeServices

SUBSCRIBED = "Subscribed to PostgreSQL"
# What a client sees of a database that does not answer; the real server then tries again.
NO_DATABASE = '{:error, "Too many database timeouts"}'


class ChannelSocket(FrameSender, Protocol):
    """The socket of a channel, as far as the channel uses it."""

    services: RealtimeServices
    key: str

    def forget(self, topic: str, channel: Channel) -> None:
        """Drop a channel that has ended by itself."""
        ...


class Channel:
    """A joined topic of one socket. Belongs to the server's event loop.

    Args:
        socket: What it sends through.
        topic: With its prefix.
        join_ref: Reference of the join, which later frames carry.
        config: What the join asked for.
        token: What it acts with.
    """

    def __init__(
        self,
        socket: ChannelSocket,
        topic: str,
        join_ref: str | None,
        config: JoinConfig,
        token: str,
    ) -> None:
        self._socket = socket
        self._services = socket.services
        self._topic = topic
        self._frames = ChannelFrames(socket, topic, join_ref)
        self._params = config.changes
        self._is_private = config.is_private
        self._token = token
        self._claims: dict[str, Any] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._has_ended = False

    def open(self, claims: dict[str, Any]) -> None:
        """Start with the claims of an accepted token; the subscription follows by itself."""
        self._accept(claims)
        if self._params:
            self._start("subscribe", self._subscribe(0.0))

    def end(self) -> None:
        """Stop everything; the client is not told."""
        self._has_ended = True
        for task in self._tasks.values():
            # The expiry ends the channel from its own task, which has to come to its end.
            if task is not asyncio.current_task():
                task.cancel()
        self._services.subscriptions.replace(self, [])

    def close(self) -> None:
        """End, and tell the client."""
        self.end()
        self._frames.closed()

    def push_token(self, token: object) -> None:
        """Take a new token; the same one, null and `sb_` keys are ignored."""
        # Clients push their token at every reconnect and heartbeat; only a new one is checked.
        if not isinstance(token, str) or token == self._token or token.startswith("sb_"):
            return
        try:
            claims = self._services.claims(token, self._socket.key)
        except TokenError as problem:
            self.fail(token_refusals.at_push(problem))
            return
        self._token = token
        self._start("token", self._take(claims))

    async def _take(self, claims: dict[str, Any]) -> None:
        if self._is_private:
            try:
                topic = self._topic.removeprefix(TOPIC_PREFIX)
                await check_topic(self._services.database, claims, topic)
            except TopicRefused as refusal:
                self.fail(refusal.message)
                return
        self._accept(claims)
        if self._params:
            self._start("subscribe", self._subscribe(self._services.settings.token_delay_s))

    def deliver(self, ids: list[int], data: str) -> None:
        """Send one `postgres_changes` event; one that has left meanwhile gets none."""
        if not self._has_ended:
            self._frames.changes(ids, data)

    def fail(self, message: str) -> None:
        """Say what is wrong, and end."""
        self._frames.system("system", "error", message)
        self.close()
        self._socket.forget(self._topic, self)

    def go_dead(self, message: str) -> None:
        """Say what is wrong, and stay joined without a subscription."""
        self._services.subscriptions.replace(self, [])
        self._frames.system("postgres_changes", "error", message)

    def repeat_subscribed(self) -> None:
        """Say "Subscribed" once more if there is a subscription."""
        if self in self._services.subscriptions.subscribers():
            self._frames.system("postgres_changes", "ok", SUBSCRIBED)

    def expire(self) -> None:
        """End as if the user's token had expired; the project's key does not."""
        if self._token != self._socket.key:
            self.fail(token_refusals.expired(0))

    def resubscribe(self) -> None:
        """Subscribe again, because the publication has changed."""
        self._start("subscribe", self._subscribe(0.0))

    def _accept(self, claims: dict[str, Any]) -> None:
        self._claims = claims
        self._start("expiry", self._expire(claims["exp"]))

    async def _expire(self, expires: int) -> None:
        # A token that has already ended was refused before, so this is never in the past for long.
        await asyncio.sleep(max(0.0, expires - time.time()))
        self.fail(token_refusals.expired(max(0, int(time.time() - expires))))

    async def _subscribe(self, delay_s: float) -> None:
        services = self._services
        await asyncio.sleep(delay_s)
        await services.faults.sockets.before_subscribing()
        while True:
            # In the loop, because capture may have ended since the last attempt.
            await services.capture.until_running()
            try:
                # Read only now: the join is answered before its bindings are looked at, as on the real server.
                bindings = [parse_binding(params) for params in self._params]
                async with services.database.connection() as connection:
                    found = await subscribe(connection, bindings, self._claims, self)
            except SubscriptionRefused as refusal:
                services.subscriptions.replace(self, [])
                self._frames.system("postgres_changes", "error", str(refusal))
                return
            except psycopg.Error:
                self._frames.system("postgres_changes", "error", NO_DATABASE)
                await asyncio.sleep(services.settings.subscribe_retry_s)
            else:
                # First the subscription, then the word: what is committed after "Subscribed" is told.
                services.subscriptions.replace(self, found)
                self._frames.system("postgres_changes", "ok", SUBSCRIBED)
                return

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        # A newer token or publication makes the older attempt pointless.
        previous = self._tasks.get(name)
        if previous is not None:
            previous.cancel()
        self._tasks[name] = asyncio.create_task(work)
