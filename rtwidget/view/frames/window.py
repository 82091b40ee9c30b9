"""The rows of one window of a table."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind


@dataclass(frozen=True, slots=True)
class WindowRows:
    """The rows of one window.

    Args:
        schema: The columns and the key.
        kinds: The kind of each column.
        total: How many rows there are in the view's order, in the window or not.
        first: The place of its first row in that order, from 0.
        keys: The keys of its rows, one for each of `rows`.
        rows: Its rows, each with a cell for every column of the schema.
        anchor_place: The place of the anchor row in that order now, or None without one or when it is gone.
    """

    schema: Schema
    kinds: tuple[Kind, ...]
    total: int
    first: int
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]
    anchor_place: int | None = None
