"""Reading a whole query page by page."""

from __future__ import annotations

from typing import Any

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres.source import PostgresSource


async def pages(source: PostgresSource, rows: int = 2) -> list[Any]:
    """Return all rows, read in pages up to the greatest key."""
    until, after = await source.last_key(), None
    found: list[Any] = []
    while True:
        page = await source.read_page(after, until, rows)
        if not page.rows:
            return found
        places = [page.columns.index(name) for name in (await source.describe()).key]
        found += page.rows
        after = tuple(page.rows[-1][place] for place in places)


def numbers(backend: LocalBackend, query: str) -> list[Any]:
    """Return the first column of a query's answer."""
    return [row[0] for row in backend.sql(query)]
