"""Asks a database's catalog about a table, in a transaction that only reads."""

from __future__ import annotations

from psycopg import sql

from rtwidget.doctor.postgres.catalog_facts import FACTS, Facts, read_facts
from rtwidget.sources.postgres.catalog.nearest_names import RELATIONS, no_table
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.table_pool import TablePool
from rtwidget.sources.postgres.read.statement import Statement


async def ask_catalog(address: Address, schema: str, table: str, role: str = "") -> Facts:
    """Return what the catalog knows (any loop).

    Args:
        address: Where, and as whom.
        schema: The table's schema.
        table: The table's name.
        role: As which role the table is read; empty for the one that connects.

    Raises:
        SourceError: When the login is refused, or there is no such table.
    """
    pool = TablePool(address, schema, table)
    try:
        facts = read_facts(await pool.read(Statement(sql.SQL(FACTS), (schema, table, role))))
        if facts is None:
            named = Statement(sql.SQL(RELATIONS), (schema, table), of_catalog=True)
            raise no_table(schema, table, await pool.read(named))
    finally:
        await pool.aclose()
    return facts
