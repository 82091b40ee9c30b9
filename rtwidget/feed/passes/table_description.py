"""The columns and the key of a table, asked for before the first pass and again when an answer shows other ones."""

from __future__ import annotations

from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.state import FeedState
from rtwidget.replica.schema import Column, Schema


async def describe_table(context: ReadContext) -> None:
    """Ask for the columns and the key, and empty the table when they are other ones than before; loop thread only.

    Args:
        context: What reads go through.

    Raises:
        SourceError: When they cannot be had.
    """
    state = context.state
    async with context.slot():
        described = await context.health.watch(context.source.describe())
    schema = _as_seen(described, state.seen_columns)
    state.seen_columns = ()
    if schema != state.rows.schema:
        _adopt(state, schema)
    state.described = True
    state.keys_trusted = schema.exact_keys
    # Notifications that came before could not be read: there was nowhere to put a row.
    state.wake_keys.set()


def _adopt(state: FeedState, schema: Schema) -> None:
    known = state.rows.schema
    # Rows of other columns can be compared with nothing.
    state.plan.whole_bytes = 0
    state.reset("the columns changed" if known.columns else "the first read", schema)


def _as_seen(described: Schema, seen: tuple[str, ...]) -> Schema:
    """Return a description with the columns that answers really have: descriptions may come from an old cache."""
    if not seen or not set(described.key) <= set(seen):
        return described
    known = {column.name: column for column in described.columns}
    columns = tuple(known.get(name, Column(name)) for name in seen)
    return Schema(columns, described.key, described.exact_keys)
