"""Change capture: polls a logical slot and tells the subscribed channels."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

import psycopg

from rtwidget.local.capture.delivery import Delivery, EventBuilder, VisibleKeys
from rtwidget.local.capture.logged_row import LoggedRow, read_batch
from rtwidget.local.capture.pgoutput import ProtocolError
from rtwidget.local.capture.row_evaluation import Rendered, render, visible_keys
from rtwidget.local.capture.snapshot_visibility import are_visible
from rtwidget.local.postgres.supabase_setup import PUBLICATION
from rtwidget.local.postgres.table_definition import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rtwidget.local.faults.event_faults import EventFaults
    from rtwidget.local.postgres.database import Connection, Database
    from rtwidget.local.realtime.subscriptions import Subscriptions
    from rtwidget.local.server_settings import Settings

_log = logging.getLogger(__name__)

# Messages a poll, so that a huge transaction arrives in parts of bounded memory.
MAX_MESSAGES = 10_000
# Rows in one query that renders and tests them; also how often sockets get their turn.
CHUNK_ROWS = 500
# Between commit and visibility lie microseconds, seldom more.
VISIBLE_POLL_S = 0.002
# The slot starts each poll at the last snapshot in the log, which Postgres writes every 15 s only.
SNAPSHOT_EVERY_S = 1.0
STANDBY_SNAPSHOT_VERSION = 160000

_POLL = """
select data from pg_logical_slot_get_binary_changes(
  %s, null, %s, 'proto_version', '1', 'publication_names', %s)
"""


class ChangeCapture:
    """Reads one slot after another, on the server's event loop; when, the worker decides.

    Like the real server it consumes the log before it knows who may see what: a batch that
    fails is lost, and what is committed while its connection is down is never seen.

    Args:
        database: For looking up tables, rows and grants.
        subscriptions: Who is told.
        settings: Pause between polls, in seconds, and the largest change, in bytes.
        faults: What is lost, repeated or turned round on request.
    """

    def __init__(
        self,
        database: Database,
        subscriptions: Subscriptions,
        settings: Settings,
        faults: EventFaults,
    ) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._settings = settings
        self._faults = faults
        self._snapshot_at = 0.0
        self._polls = 0
        self._polled = asyncio.Condition()

    async def catch_up(self) -> None:
        """Wait until a poll that begins after this call has told everybody."""
        async with self._polled:
            # The poll that runs now may have read the log before the caller's commit.
            wanted = self._polls + 2
            await self._polled.wait_for(lambda: self._polls >= wanted)

    async def poll(self, connection: Connection, slot: str) -> None:
        """Tell what the slot brings until the connection fails.

        Args:
            connection: The one that made the slot.
            slot: Name of a logical slot with the plug-in `pgoutput`.

        Raises:
            psycopg.Error: The slot is gone.
        """
        while True:
            # pgoutput's messages are bytes; as text each byte would be two characters of hex.
            cursor = connection.cursor(binary=True)
            await cursor.execute(_POLL, (slot, MAX_MESSAGES, PUBLICATION))
            messages: list[bytes] = [row[0] for row in await cursor.fetchall()]
            if messages:
                await self._advance(connection)
            if messages and len(self._subscriptions) and self._faults.lets_through():
                await self._deliver(messages)
            # A full batch means that there is more: go on without a pause, and nobody has caught up yet.
            if len(messages) < MAX_MESSAGES:
                async with self._polled:
                    self._polls += 1
                    self._polled.notify_all()
                await asyncio.sleep(self._settings.poll_interval_s)

    async def _advance(self, connection: Connection) -> None:
        """Let the next polls start further on, or each would read the last 15 s again."""
        now = time.monotonic()
        if now - self._snapshot_at > SNAPSHOT_EVERY_S:
            self._snapshot_at = now
            # An error would cost the temporary slot, so older servers are not even asked.
            if connection.info.server_version >= STANDBY_SNAPSHOT_VERSION:
                await connection.execute("select pg_log_standby_snapshot()")

    async def _deliver(self, messages: Sequence[bytes]) -> None:
        try:
            batch = read_batch(messages)
            events: list[list[Delivery]] = []
            async with self._database.connection() as connection:
                # Policies and keys are looked up in the table, where the change may not be visible yet.
                await _until_visible(connection, batch.xids)
                for start in range(0, len(batch.rows), CHUNK_ROWS):
                    events += await self._events(connection, batch.rows[start : start + CHUNK_ROWS])
            for place, delivery in enumerate(self._faults.passed(events)):
                delivery.subscriber.deliver(delivery.ids, delivery.data)
                if place % CHUNK_ROWS == 0:
                    # A huge transaction must not keep the sockets from answering heartbeats.
                    await asyncio.sleep(0)
        # As on the real server: the log has moved on, so what fails here is lost for everybody.
        except (psycopg.Error, ProtocolError) as problem:
            _log.warning("a batch of changes is lost: %s", problem)

    async def _events(
        self, connection: Connection, rows: Sequence[LoggedRow]
    ) -> list[list[Delivery]]:
        """Return what each row of a chunk causes, in commit order across tables."""
        # Tables are evaluated one by one, events leave in the order of the commits.
        ready: list[tuple[LoggedRow, EventBuilder, Rendered] | None] = [None] * len(rows)
        for oid in {row.table_oid for row in rows}:
            places = [place for place, row in enumerate(rows) if row.table_oid == oid]
            of_table = [rows[place] for place in places]
            built = await self._evaluate(connection, oid, of_table)
            if built is None:
                continue
            builder, rendered = built
            for place, one in zip(places, rendered, strict=True):
                ready[place] = (rows[place], builder, one)
        return [
            list(builder.deliveries(row, rendered))
            for row, builder, rendered in (entry for entry in ready if entry is not None)
        ]

    async def _evaluate(
        self, connection: Connection, oid: int, rows: Sequence[LoggedRow]
    ) -> tuple[EventBuilder, list[Rendered]] | None:
        subscriptions = self._subscriptions.of_table(oid)
        if not subscriptions:
            return None
        identities = {subscription.identity for subscription in subscriptions}
        # Read anew for each batch, because columns, keys and grants may have changed.
        table = await read_table(connection, oid, {identity.role for identity in identities})
        if table is None:
            return None
        # Each distinct condition is tested once, however many channels have it.
        filters = list({term for held in subscriptions for term in held.binding.filters})
        rendered = await render(connection, table, rows, filters)
        visible: VisibleKeys = {}
        changed = [row for row in rows if row.kind != "DELETE"]
        for identity in identities:
            readable = table.key and all(identity.role in c.readers for c in table.key)
            # Also for roles that policies do not bind: a row that is gone again is not there for them either.
            if changed and readable and table.has_row_security:
                visible[identity] = await visible_keys(connection, table, identity, changed)
        builder = EventBuilder(table, subscriptions, visible, self._settings.max_record_bytes)
        return builder, rendered


async def _until_visible(connection: psycopg.AsyncConnection[Any], xids: frozenset[int]) -> None:
    while True:
        row = await (await connection.execute("select pg_current_snapshot()::text")).fetchone()
        if row is None or are_visible(xids, row[0]):
            return
        await asyncio.sleep(VISIBLE_POLL_S)
