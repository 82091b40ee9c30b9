"""The most frequent values of a column of rows that are kept here, for a filter to choose from."""

from __future__ import annotations

from typing import Final

from rtwidget.store.snapshot import Snapshot
from rtwidget.view.messages.cell_texts import encode
from rtwidget.view.query.distinct import distinct
from rtwidget.view.query.view_query import DATABASES_WAY, CountedValue, ShownAs

MOST_OFFERED: Final = 50
"""More values than this nobody reads in a list; typing finds the others."""


def frequent_values(
    snapshot: Snapshot, column: str, shown_as: ShownAs = DATABASES_WAY
) -> list[CountedValue]:
    """Return values as a view shows them and how many rows have them, the most frequent first. Any thread.

    Args:
        snapshot: The rows; all of them count, whatever a view shows.
        column: The column's name; a table that does not have it has no values either.
        shown_as: How the view draws its cells.
    """
    names = snapshot.schema.names
    if column not in names:
        return []
    counted = distinct(snapshot, names.index(column), MOST_OFFERED, shown_as)
    return [(encode(cell), rows) for cell, rows in counted]
