"""What whoever enables a table has to know, because it concerns more than this table. Pure."""

from __future__ import annotations

from rtwidget.sources.postgres.catalog.catalog import Table
from rtwidget.sources.postgres.triggers.trigger_check import key_advice

QUEUE = (
    "Know this: once the server's NOTIFY queue is full, every write to the table fails at its commit. It fills when a session "
    "that listens, whosever it is, stays in an open transaction, and empties when that session ends. "
    "`rtwidget doctor` shows how full it is, and whose session it waits for."
)
_TWO_PHASE = (
    "This server allows prepared transactions (two-phase commit): one that wrote to the table cannot be prepared, "
    "because it has notified."
)
_SUBSCRIBED = "A subscription of logical replication writes to the table, which fires no trigger of a statement: it stays polled."


def cautions(name: str, table: Table, prepared_transactions: int) -> list[str]:
    """Return what to know of a table that is enabled, in sentences, each one line (any thread).

    Args:
        name: The table's name.
        table: What the catalog says of it.
        prepared_transactions: The server's `max_prepared_transactions`.
    """
    known = [QUEUE]
    if prepared_transactions > 0:
        known.append(_TWO_PHASE)
    if table.announced.subscribed:
        known.append(_SUBSCRIBED)
    if below := table.announced.below:
        what = "Partitions" if table.kind == "p" else "Tables that inherit"
        known.append(
            f"{what} that come later need `enable` again; until then the table is polled. "
            f"There {'is' if len(below) == 1 else 'are'} now {', '.join(name for _, name in below)}."
        )
    if advice := key_advice(name, table):
        known.append(advice)
    return known
