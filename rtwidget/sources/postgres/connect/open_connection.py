"""One connection to Postgres, and how a server that went silent is left."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from rtwidget.errors import SourceError
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.forking import when_forked
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.login.login_errors import login_error

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


async def connect(address: Address) -> Connection:
    """Open a connection in autocommit mode (loop thread only).

    Raises:
        SourceError: When the login is refused, or nothing answers.
    """
    opened = await _attempt(address)
    # Raised here, outside of any handler: psycopg's errors and frames hold the password.
    if isinstance(opened, SourceError):
        raise opened
    # Two processes on one connection would read each other's answers.
    when_forked(opened, _descriptors)
    try:
        demand_not_cancelled()
    except asyncio.CancelledError:
        await opened.close()
        raise
    return opened


def _descriptors(connection: Connection) -> tuple[int, ...]:
    return () if connection.closed else (connection.fileno(),)


async def _attempt(address: Address) -> Connection | SourceError:
    try:
        with unlogged("psycopg"):
            return await psycopg.AsyncConnection.connect(
                address.dsn.reveal(),
                autocommit=True,
                # A prepared plan fails once a table has changed below it, and poolers do not know it.
                prepare_threshold=None,
                # Values as `$1`: a `%` in a name is then just a `%`.
                cursor_factory=psycopg.AsyncRawCursor,
            )
    except asyncio.CancelledError as error:
        # psycopg's frames hold the half-open connection, which else lives until Python collects garbage.
        traceback.clear_frames(error.__traceback__)
        raise
    except (psycopg.Error, OSError, UnicodeError) as error:
        demand_not_cancelled()
        return login_error(error, address.host)


def demand_not_cancelled() -> None:
    """Go on with a cancellation that psycopg swallowed or turned into an error, as its older versions do.

    Raises:
        CancelledError: When the task is being cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


@contextmanager
def broken_after(connection: Connection, seconds: float) -> Iterator[None]:
    """End the connection when the block takes longer: a server that is silent answers no cancellation either."""
    alarm = asyncio.get_running_loop().call_later(seconds, _break, connection)
    try:
        yield
    finally:
        alarm.cancel()


def _break(connection: Connection) -> None:
    """End the socket under a connection, so that whoever waits for an answer gets an error at once."""
    with suppress(OSError, psycopg.Error):
        # Shut down and not closed: psycopg still owns the descriptor, whose number would name another file soon.
        shared = socket.socket(fileno=connection.fileno())
        try:
            shared.shutdown(socket.SHUT_RDWR)
        finally:
            shared.detach()
