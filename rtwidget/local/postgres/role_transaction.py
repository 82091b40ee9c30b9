"""Transactions as the role of a token, the way PostgREST and Realtime begin them."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from rtwidget.local.postgres.database import Connection


@asynccontextmanager
async def acting_as(
    connection: Connection,
    claims: Mapping[str, Any],
    *,
    timeout_s: float = 0.0,
    read_only: bool = True,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[None]:
    """Run the body in one transaction as the role of a token.

    Args:
        connection: In no transaction.
        claims: The token's claims, what policies see as `request.jwt.claims`.
        timeout_s: Longest statement in seconds; 0 means no limit.
        read_only: Refuse writes and roll back at the end.
        settings: Further parameters of the transaction.

    Raises:
        psycopg.Error: The role is unknown, or not one that `authenticator` may act as.
    """
    # A GET is read-only on the real server too, so a function that writes fails as it does there.
    mode = sql.SQL("read only" if read_only else "read write")
    # `auth.uid()` and policies read the claims from a setting.
    values = {"request.jwt.claims": json.dumps(dict(claims)), **(settings or {})}
    try:
        await connection.execute(
            sql.SQL(
                "begin isolation level read committed {mode};"
                "set local session authorization authenticator;"
                "set local role {role};"
                "set local statement_timeout = {timeout};"
                "select {settings}"
            ).format(
                mode=mode,
                role=sql.Identifier(str(claims.get("role", "anon"))),
                timeout=sql.Literal(int(timeout_s * 1000)),
                settings=sql.SQL(", ").join(
                    sql.SQL("set_config({}, {}, true)").format(
                        sql.Literal(name), sql.Literal(value)
                    )
                    for name, value in values.items()
                ),
            )
        )
        yield
        if not read_only:
            await connection.execute("commit")
    finally:
        # Whatever the body did, the next borrower finds no transaction and no role.
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            await _roll_back(connection)


async def _roll_back(connection: Connection) -> None:
    try:
        await connection.execute("rollback")
    except psycopg.OperationalError:
        # It cannot be asked any more; the pool drops it.
        await connection.close()
