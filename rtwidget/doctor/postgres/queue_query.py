"""Asks a server how full its queue of notifications is, and has it name the session that it waits for."""

from __future__ import annotations

import asyncio
import re

import msgspec
import psycopg
from psycopg import sql

from rtwidget.doctor.checks.queue_checks import MUCH, Queue
from rtwidget.errors import SourceError
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import Connection, broken_after, connect
from rtwidget.sources.postgres.connect.table_pool import TablePool
from rtwidget.sources.postgres.errors import statement_error
from rtwidget.sources.postgres.listen.listen import FULL_QUEUE
from rtwidget.sources.postgres.listen.listening_connection import REPLY_S
from rtwidget.sources.postgres.read.statement import Statement

_SESSION = """
pg_catalog.json_build_object('pid', a.pid, 'role', a.usename, 'application', nullif(a.application_name, ''),
  'open_s', extract(epoch from pg_catalog.clock_timestamp() - a.xact_start))
"""
_QUEUE = f"""
select pg_catalog.json_build_object('usage', pg_catalog.pg_notification_queue_usage(),
  'idle', (select coalesce(pg_catalog.json_agg({_SESSION} order by a.xact_start), '[]') from (
    select * from pg_catalog.pg_stat_activity where state like 'idle in transaction%' order by xact_start limit 3) as a),
  'oldest', (select {_SESSION} from pg_catalog.pg_stat_activity a where a.pid = $1::pg_catalog.int4))::pg_catalog.text
"""  # noqa: S608  (the text is ours)
# From here on the server warns who notifies, and says of whom.
_WARNED = 0.5
# It does so once in five seconds.
_WARNING_S = 5.5
_TRY_S = 0.25


async def ask_queue(address: Address) -> Queue:
    """Return how full the queue is; from half of it on this takes up to six seconds (any loop).

    Args:
        address: Where, and as whom.

    Raises:
        SourceError: When the login or the statement is refused.
    """
    pool = TablePool(address, "pg_catalog", "pg_stat_activity")
    try:
        queue = await _read(pool, 0)
        if queue.usage >= max(MUCH, _WARNED):
            # The server tells the session only in a warning to whoever notifies, so we notify.
            queue = await _read(pool, await _oldest(address))
    finally:
        await pool.aclose()
    return queue


async def _read(pool: TablePool, pid: int) -> Queue:
    answer = await pool.read(Statement(sql.SQL(_QUEUE), (str(pid),)))
    return msgspec.json.decode(answer or b"{}", type=Queue)


async def _oldest(address: Address) -> int:
    """Return the session that the server names when it warns of the queue, or 0."""
    told: list[str] = []
    connection = await connect(address)
    connection.add_notice_handler(lambda notice: told.append(notice.message_detail or ""))
    clock = asyncio.get_running_loop().time
    until = clock() + _WARNING_S
    try:
        while not told and clock() < until:
            refused = await _notify(connection)
            # A full queue refuses it, after the warning.
            if refused is not None and refused.code != FULL_QUEUE:
                raise refused
            await asyncio.sleep(_TRY_S)
    finally:
        await connection.close()
    # The sentence is in the server's language; the number in it is the session's.
    numbers = re.findall(r"\d+", " ".join(told))
    return int(numbers[0]) if numbers else 0


async def _notify(connection: Connection) -> SourceError | None:
    try:
        with unlogged("psycopg"), broken_after(connection, REPLY_S):
            await connection.execute("select pg_catalog.pg_notify('rtwidget:queue', '')")
    except psycopg.Error as error:
        return statement_error(error, "the queue", "", "")
    return None
