"""What every answer has in common: it is counted, and it still has the columns and the keys that we know."""

from __future__ import annotations

from rtwidget.abc import Page
from rtwidget.errors import KeyNotUniqueError, TooManyRowsError
from rtwidget.feed.state import FeedState
from rtwidget.feed.stats import Stats
from rtwidget.replica.budgets import MOST_ROWS
from rtwidget.replica.keys import Key, Row


def note_answer(stats: Stats, page: Page) -> None:
    """Count an answer."""
    stats.rows_read += len(page.rows)
    stats.wire_bytes += page.wire_bytes


def columns_changed(state: FeedState, seen: tuple[str, ...] = ()) -> None:
    """Have the table described again before the next pass, which is wanted now (design section 2).

    Args:
        state: The feed's state.
        seen: The columns of the answer that showed it, when there was one.
    """
    state.described = False
    state.seen_columns = seen
    state.replica.invalidate_all("the columns changed")
    state.wake_passes.set()


def rows_by_key(state: FeedState, page: Page) -> dict[Key, Row] | None:
    """Return an answer's rows by key, or None when its columns are not those that we know.

    Raises:
        KeyNotUniqueError: When a key is null or names two rows.
        TooManyRowsError: When there are more rows than `MOST_ROWS` already.
    """
    if not page.rows:
        return {}
    schema = state.rows.schema
    if page.columns != schema.names:
        columns_changed(state, page.columns)
        return None
    if len(state.rows) > MOST_ROWS:
        raise TooManyRowsError(
            f"The table has more than {MOST_ROWS:,} rows, the most that a live table holds.",
            "Pass `filter=` for the rows that you need, or `limit=` with `order_by=` for the first ones.",
        )
    # Column by column, because a big page is taken on the loop thread.
    columns = [[row[position] for row in page.rows] for position in schema.key_positions]
    rows = dict(zip(zip(*columns, strict=True), page.rows, strict=True))
    # One row would hide another for ever, so this is said instead of shown.
    if len(rows) != len(page.rows) or any(None in column for column in columns):
        names = ", ".join(schema.key)
        raise KeyNotUniqueError(
            f"The key ({names}) is null or names more than one row.",
            schema.key_advice
            or "Pass `primary_key=` with the column or columns that identify one row.",
        )
    return rows
