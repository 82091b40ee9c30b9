"""Who may join a private channel: the policies on `realtime.messages` decide, asked with a row that is never kept."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from rtwidget.local.realtime.joining.join_refusals import TopicRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rtwidget.local.postgres.database import Database

NO_DATABASE = "Realtime was unable to connect to the project database"


async def check_topic(database: Database, claims: Mapping[str, Any], topic: str) -> None:
    """Make sure that a channel may be read.

    Args:
        database: Where the policies are.
        claims: Those of the token.
        topic: Without its prefix.

    Raises:
        TopicRefused: It may not, or the database cannot be asked.
    """
    try:
        may_read = await _may_read(database, claims, topic)
    except psycopg.errors.CheckViolation:
        message = "Realtime was unable to find the expected messages partition"
        raise TopicRefused("MissingPartition", message) from None
    except psycopg.OperationalError as problem:
        # No state means that there was no answer from a server; with one it is a refusal.
        if problem.sqlstate is None:
            raise TopicRefused("UnableToConnectToProject", NO_DATABASE) from None
        may_read = False
    except psycopg.Error:
        may_read = False  # such as a policy that fails, or a role that there is not
    if not may_read:
        message = f"You do not have permissions to read from this Channel topic: {topic}"
        raise TopicRefused("Unauthorized", message)


async def _may_read(database: Database, claims: Mapping[str, Any], topic: str) -> bool:
    # As the real server does it: a policy is asked by a row that it may or may not show.
    probe = uuid.uuid4()
    role = str(claims.get("role", ""))
    settings = {
        "realtime.topic": topic,
        "request.jwt.claims": json.dumps(dict(claims)),
        # Older policies read each claim from a setting of its own.
        "request.jwt.claim.sub": str(claims.get("sub", "")),
        "request.jwt.claim.role": role,
        "role": role,
    }
    # The row must never be kept, whatever the policy says.
    async with database.connection() as connection, connection.transaction(force_rollback=True):
        await connection.execute(
            "insert into realtime.messages (id, topic, extension) values (%s, %s, 'broadcast')",
            (probe, topic),
        )
        await connection.execute(
            sql.SQL("select {}").format(
                sql.SQL(", ").join(
                    sql.SQL("set_config({}, {}, true)").format(
                        sql.Literal(name), sql.Literal(value)
                    )
                    for name, value in settings.items()
                )
            )
        )
        found = await connection.execute("select from realtime.messages where id = %s", (probe,))
        return found.rowcount == 1
