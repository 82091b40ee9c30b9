"""How many rows a query has, as far as that is cheap, and keys that cut them into equal parts."""

from __future__ import annotations

import msgspec

from rtwidget.errors import ReadTooLargeError
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres.read.key_cuts import cuts, histogram
from rtwidget.sources.postgres.read.query import COUNTED_ROWS, Query
from rtwidget.sources.postgres.read.reader import Reader


class _Plan(msgspec.Struct):
    rows: float = msgspec.field(name="Plan Rows")


class _Explained(msgspec.Struct):
    plan: _Plan = msgspec.field(name="Plan")


async def counted_rows(reader: Reader, query: Query) -> int | None:
    """Return the number of rows, or None where counting them would take long (loop thread only)."""
    count = int(await reader.value(query.count()) or 0)
    return count if count <= COUNTED_ROWS else None


async def about_rows(reader: Reader, query: Query) -> int:
    """Return about how many rows there are: counted, or what the planner expects (loop thread only)."""
    # The planner may expect fewer than were counted already.
    least = COUNTED_ROWS
    try:
        if (counted := await counted_rows(reader, query)) is not None:
            return counted
    except ReadTooLargeError:  # a view that takes longer than the server allows
        least = 0
    (explained,) = msgspec.json.decode(
        await reader.value(query.plan()) or b"", type=tuple[_Explained]
    )
    return max(least, int(explained.plan.rows))


async def key_bounds(reader: Reader, query: Query, parts: int) -> list[Key]:
    """Return up to `parts - 1` keys that cut the rows into about equal ranges, in the database's order (loop thread only)."""
    if parts < 2 or await counted_rows(reader, query) == 0:  # noqa: PLR2004  (one part needs no cut)
        return []
    # What ANALYZE knows costs nothing; to count reads the whole index.
    if query.has_histogram:
        keys = (await reader.page(histogram(query))).rows
        if len(keys) >= parts:
            # Its first and last bound are the least and the greatest key.
            return [keys[place * (len(keys) - 1) // parts] for place in range(1, parts)]
    return list((await reader.page(cuts(query, parts))).rows)
