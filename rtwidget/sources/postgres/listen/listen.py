"""One connection's life: LISTEN, the proof that it is heard, notifications, and heartbeats that look at the triggers."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable

from psycopg import sql

from rtwidget.abc import Event, Live, TableQuery
from rtwidget.errors import ConnectionLostError, NotificationsUnavailableError, SourceError
from rtwidget.sources.postgres.catalog.catalog import Table
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import connect
from rtwidget.sources.postgres.listen.channel import channel_of
from rtwidget.sources.postgres.listen.listening_connection import Line
from rtwidget.sources.postgres.listen.payload import PayloadReader
from rtwidget.sources.postgres.read.statement import STAYS, Statement

BEAT_S = 20.0
"""Between two heartbeats, as on Supabase."""
FULL_QUEUE = "54000"
"""The SQLSTATE of a NOTIFY that found no place."""
PROOF_S = 5.0
"""The longest wait for our own notification, which takes milliseconds where it comes at all."""

STAYING = Statement(sql.SQL("select {}").format(STAYS))
"""Once it is known that nobody else gets this session."""


async def listen(
    address: Address, wanted: TableQuery, run: Callable[[Statement], Awaitable[object]]
) -> AsyncGenerator[Event, None]:
    """Yield `Live` and notifications of one table until the first doubt (loop thread only).

    Args:
        address: Where to connect, and as whom.
        wanted: Names the table, and its key where it has none of its own.
        run: Runs a statement on another connection.

    Raises:
        SourceError: When the stream ended, was refused, or can no longer be trusted.
    """
    clock = asyncio.get_running_loop().time
    line = Line(await connect(address), wanted.schema, wanted.table)
    try:
        channel = channel_of(wanted.schema, wanted.table)
        await line.run(_listen(channel))
        table = await line.announcing_table()
        reader = _reader(wanted, table)
        await _prove(line, run)
        yield Live(ends_with_connection=True)
        beat_at = clock() + BEAT_S
        while True:
            for where, payload in await line.heard(beat_at - clock()):
                notification = reader.read(payload) if where == channel else None
                if notification is not None:
                    yield notification
            if clock() >= beat_at:
                now = await line.announcing_table()
                if (now.shape, now.announced.stamp) != (table.shape, table.announced.stamp):
                    raise ConnectionLostError("The table was altered.", "It is read again.")
                beat_at = clock() + BEAT_S
    finally:
        await line.aclose()


def _listen(channel: str) -> Statement:
    return Statement(sql.SQL("listen {}").format(sql.Identifier(channel)))


def _reader(wanted: TableQuery, table: Table) -> PayloadReader:
    key = wanted.key or (table.keys[0] if table.keys else ())
    if not key or not set(key) <= set(table.named):
        raise NotificationsUnavailableError(
            f"{wanted.table} has no key that notifications could name.", "Pass `primary_key=`."
        )
    return PayloadReader(key, [table.named[name].type for name in key])


async def _prove(line: Line, run: Callable[[Statement], Awaitable[object]]) -> None:
    """Send ourselves a notification over another connection: a pooler takes a LISTEN and may lend its connection away.

    Raises:
        NotificationsUnavailableError: When it does not come.
    """
    own = f"rtwidget:{secrets.token_hex(8)}"
    clock = asyncio.get_running_loop().time
    await line.run(_listen(own))
    try:
        await run(Statement(sql.SQL("select pg_catalog.pg_notify($1, '')"), (own,)))
    except SourceError as error:
        if error.code != FULL_QUEUE:
            raise
        raise NotificationsUnavailableError(
            "The server's NOTIFY queue is full, so nothing is announced, and writes to announced tables fail.",
            "End the session that listens in an open transaction; `rtwidget doctor` names it.",
            code=error.code,
        ) from None
    until = clock() + PROOF_S
    while not any(channel == own for channel, _ in await line.heard(until - clock())):
        if clock() >= until:
            raise NotificationsUnavailableError(
                "LISTEN is accepted, but nothing is heard: there is a pooler in between that shares connections.",
                "Connect to the database itself, or to the pooler's session mode (Supabase: port 5432 instead of 6543).",
            )
    await line.run(STAYING)
    await line.run(Statement(sql.SQL("unlisten {}").format(sql.Identifier(own))))
