"""One connection's life: opens the websocket, runs a channel over it, and leaves politely."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.http11 import Response

from rtwidget.abc import Event
from rtwidget.errors import AuthenticationError, SourceError
from rtwidget.sources.quiet_loggers import silent_logger
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.errors import retry_after_s
from rtwidget.sources.supabase.gateway.certificates import connection_error, unreachable
from rtwidget.sources.supabase.realtime.channel import LIVE_S, Channel
from rtwidget.sources.supabase.realtime.refusals import close_error, handshake_error
from rtwidget.sources.supabase.rest.answer_envelope import without
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

OPEN_S = 15.0
"""The longest wait for the handshake; refusals take 2 s by design (reference 1.1)."""
CLOSE_S = 2.0
"""The longest wait for the server's goodbye."""
MAX_FRAME_BYTES = 16 * 2**20
"""Rows reach 1 MiB and old servers ignore `select` (reference 2.3)."""
QUEUED_FRAMES = 256
"""Frames held before the network has to wait."""


class Stage(Enum):
    """How far a connection has come before it is live."""

    OPENED = "opened"
    JOINED = "joined"


async def listen(
    endpoint: Endpoint,
    key: Secret,
    tokens: TokenPool,
    binding: tuple[str, str, tuple[str, ...]],
    *,
    reached: Callable[[Stage], object] = lambda _stage: None,
    patience_s: float = LIVE_S,
) -> AsyncGenerator[Event, None]:
    """Yield `Live` and notifications of one table until the first doubt (loop thread only).

    Args:
        endpoint: The project's addresses.
        key: The project's key.
        tokens: Gives the token, a fresh one before the join and shortly before the end of the last.
        binding: Schema, table and key columns.
        reached: Told how far the connection has come.
        patience_s: The longest wait for "Subscribed to PostgreSQL", in seconds.

    Raises:
        SourceError: When the stream ended, was refused, or can no longer be trusted.
    """
    token = await tokens.current(ask=True)
    opened = await _open(endpoint, key)
    # Raised here and not where it was caught, so that no frame or context holds the address.
    if isinstance(opened, SourceError):
        raise opened
    topic = f"realtime:rtwidget-{secrets.token_hex(6)}"
    reached(Stage.OPENED)
    channel = Channel(*binding, topic, time.monotonic(), patience_s=patience_s)
    session = _Session(opened, channel, tokens, token)
    workers = [asyncio.create_task(session.beat()), asyncio.create_task(session.renew())]
    for worker in workers:
        worker.add_done_callback(
            lambda done: None if done.cancelled() else opened.transport.abort()
        )
    try:
        await _send(opened, channel.join(token.secret if token.is_jwt else None))
        while True:
            was_joined = channel.joined
            event = session.receive(await _receive(opened, workers))
            if channel.joined and not was_joined:
                reached(Stage.JOINED)
            if event is not None:
                yield event
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await _send(opened, channel.leave())
        await opened.close()


async def _open(endpoint: Endpoint, key: Secret) -> ClientConnection | SourceError:
    host = urlsplit(endpoint.socket.reveal()).netloc
    try:
        return await connect(
            endpoint.socket_url(key).reveal(),
            open_timeout=OPEN_S,
            close_timeout=CLOSE_S,
            ping_interval=None,  # the protocol has heartbeats of its own
            max_size=MAX_FRAME_BYTES,
            max_queue=QUEUED_FRAMES,
            compression=None,
            logger=silent_logger(),
            proxy=None if endpoint.is_local else True,
        )
    except InvalidStatus as error:
        return _refusal(error.response, key)
    except TimeoutError:
        return unreachable(host, "the websocket took too long")
    except (OSError, WebSocketException, EOFError, ImportError) as error:
        if isinstance(error.__context__, InvalidStatus):
            # A redirect to what is no websocket; where it leads says more than that it does.
            return _refusal(error.__context__.response, key)
        return connection_error(host, error, who="websocket")


def _refusal(response: Response, key: Secret) -> SourceError:
    headers = response.headers
    asked_s = retry_after_s(headers.get("Retry-After"))
    body = without(bytes(response.body or b""), key)
    return handshake_error(response.status_code, asked_s, headers, body)


async def _receive(
    connection: ClientConnection, workers: Sequence[asyncio.Task[None]]
) -> bytes | str:
    try:
        return await connection.recv(decode=False)
    except ConnectionClosed as closed:
        said = closed.rcvd or closed.sent
        code = said.code if said else None
    for worker in workers:
        if worker.done():
            await worker  # it ended the connection, and its error says why
    raise close_error(code)


async def _send(connection: ClientConnection, frame: str) -> None:
    with suppress(ConnectionClosed):  # the next receive tells it, with the code
        await connection.send(frame)


class _Session:
    """A channel on its connection, and as whom it is joined now."""

    def __init__(
        self, connection: ClientConnection, channel: Channel, tokens: TokenPool, token: Token
    ) -> None:
        self._connection = connection
        self._channel = channel
        self._tokens = tokens
        self._token = token

    def receive(self, data: bytes | str) -> Event | None:
        """Return what a frame means for the subscriber; a token that Realtime refuses is the last to be tried again."""
        try:
            return self._channel.receive(data, time.monotonic())
        except AuthenticationError:
            self._tokens.bar(self._token)
            raise

    async def beat(self) -> None:
        """Send heartbeats until cancelled."""
        while True:
            await asyncio.sleep(self._channel.next_tick() - time.monotonic())
            for frame in self._channel.tick(time.monotonic()):
                await _send(self._connection, frame)

    async def renew(self) -> None:
        """Send a better token in time, again and again, until cancelled."""
        while True:
            self._token = await self._tokens.better(self._token)
            pushed = self._channel.push_token(self._token.secret, time.monotonic())
            await _send(self._connection, pushed)
