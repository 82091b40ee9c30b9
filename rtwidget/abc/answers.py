"""What reads return: rows as they are in the database, in the columns that the answer names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rtwidget.replica.keys import Cell, Key, Row


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the query, ordered by key.

    A page that is shorter than was asked for proves nothing, because servers cap answers silently: only an empty one
    ends the rows.

    Args:
        columns: The names of the columns of `rows`; empty when there is no row to tell them from.
        rows: The rows as the server returned them, in its order; each has a cell for each column.
        wire_bytes: The size of the answer on the wire, in bytes; passes are paced by it.
        total: About how many rows the whole query has; told with the first page only, for progress.
        size_bytes: The size of the answer before compression, in bytes; 0 where it is not known.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    # A source that cannot tell may leave 0: passes are then paced by their time alone.
    wire_bytes: int = 0
    total: int | None = None
    # Given by name only, so that `whole` keeps its place among the positional arguments of an `Answer`.
    size_bytes: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Answer(Page):
    """The answer to a read of keys, or of the first rows.

    Args:
        whole: Whether it is known that no asked row was left out. Of a whole answer, a key that did not come back is
            taken for a row that is gone; of any other it is asked again. So never say it of an answer that may be capped.
    """

    # False unless said, because a wrong True deletes live rows, and a wrong False only costs another read.
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Watermark:
    """A cheap digest of the query's answer: where it differs from what notifications led to, one was lost.

    Args:
        rows: How many rows the query has now, or None when the source did not count.
        newest: Key and version of the row with the greatest version, or None without a version column.
    """

    rows: int | None
    # With its key, because a difference counts only if that very row never had this version meanwhile.
    newest: tuple[Key, Cell] | None = None
