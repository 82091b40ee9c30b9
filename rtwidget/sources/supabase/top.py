"""The first rows in the user's order, also where the server caps its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rtwidget.replica.keys import Row, key_of
from rtwidget.sources.base import Answer
from rtwidget.sources.supabase.query import Query
from rtwidget.sources.supabase.rest import Count, Rows

ATTEMPTS = 3
"""How often pages that changed between each other are read again."""

ReadRows = Callable[[str, Count | None], Awaitable[Rows]]


async def read_top(query: Query, read_rows: ReadRows, limit: int) -> Answer:
    """Return the first rows, at most `limit` (loop thread only; design section 2, top-N).

    Offsets shift under writes, so pages are believed only when the total stayed the same and no
    key stands in two of them; after `ATTEMPTS` the answer is not whole.

    Raises:
        SourceError: When a page cannot be read.
    """
    for _ in range(ATTEMPTS - 1):
        answer = await _attempt(query, read_rows, limit)
        if answer.whole:
            return answer
    return await _attempt(query, read_rows, limit)


async def _attempt(query: Query, read_rows: ReadRows, limit: int) -> Answer:
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    totals: set[int | None] = set()
    wire_bytes = 0
    total: int | None = None
    while len(rows) < limit:
        page = await read_rows(query.top(limit - len(rows), len(rows)), "exact")
        columns = columns or page.columns
        wire_bytes += page.wire_bytes
        total = page.total
        totals.add(total)
        rows += page.rows
        if not page.rows or len(rows) == total:
            break
    wanted = limit if total is None else min(limit, total)
    positions = [columns.index(name) for name in query.key] if columns else []
    distinct = {key_of(row, positions) for row in rows} if rows else set()
    whole = len(totals) == 1 and wanted == len(rows) and len(distinct) == len(rows)
    return Answer(columns, rows[:limit], wire_bytes, total, whole=whole)
