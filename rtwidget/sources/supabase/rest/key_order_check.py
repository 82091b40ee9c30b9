"""Whether the server compares keys as it orders them, so that pages leave no row out.

An order goes by the type of a column. What `gt` and `lte` mean is found by the server's search path: for a type whose
schema is not on it (a citext in a schema of its own) another type's operators stand in. Pages that go on behind a key
would then leave rows out without a sign, so this is asked where pages join.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from rtwidget.abc import Page
from rtwidget.errors import ErrorKind, SourceError
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.values.sql_types import is_built_in

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Joins:
    """Where the pages of a query join (loop thread only).

    Args:
        query: What is read.
        schema: Its columns and their types, as far as they are known.
        read_keys: Reads the keys of a query string.
    """

    def __init__(
        self, query: Query, schema: Schema, read_keys: Callable[[str], Awaitable[list[Row]]]
    ) -> None:
        self.query = query
        types = {column.name: column.type for column in schema.columns}
        self._types = [types.get(name) for name in query.key]
        self._read_keys = read_keys
        self._several = False

    async def read(self, reading: Awaitable[Page], after: Key | None, until: Key | None) -> Page:
        """Return a page, when the order puts nothing where its comparisons did not look.

        Args:
            reading: Reads the page.
            after: The last key of the page before; None for the first page, which compares nothing.
            until: The greatest key that pages go up to.

        Raises:
            SourceError: When a row would be left out; when the page or this cannot be read.
        """
        if after is None:
            self._several = False
        if after is None or not self._is_in_doubt(after):
            return await reading
        last = after == until
        # Side by side, and together one read of the budget's.
        looking = () if last else (self._look_behind(after),)
        page, *looked = await asyncio.gather(reading, *looking, return_exceptions=True)
        for one in (*looked, page):
            if isinstance(one, BaseException):
                raise one
        assert isinstance(page, Page)  # noqa: S101  (or an error, which was raised)
        self._several = self._several or bool(page.rows)
        # A table of one page was read without any comparison.
        if not page.rows and until is not None and (self._several or not last):
            await self._look_beyond(until)
        return page

    def _is_in_doubt(self, key: Key) -> bool:
        """Whether a key may be of a type whose operators the server has to search for.

        Numbers are of built-in types, and so is nearly all that looks like a UUID.
        """
        return any(
            type(part) is str and not is_built_in(known) and not _UUID.fullmatch(part)
            for part, known in zip(key, self._types, strict=True)
        )

    async def _look_behind(self, after: Key) -> None:
        """Refuse when what the order puts behind this key does not compare as greater."""
        for found in await self._read_keys(self.query.greatest_until(after)):
            if found != after:
                await self._demand_order(found, after)

    async def _look_beyond(self, until: Key) -> None:
        """Refuse when what the order puts before this key compares as greater."""
        for found in await self._read_keys(self.query.least_after(until)):
            await self._demand_order(until, found)

    async def _demand_order(self, lesser: Key, greater: Key) -> None:
        """Refuse when the order puts two keys otherwise than they were compared."""
        if await self._read_keys(self.query.in_order([lesser, greater])) != [greater, lesser]:
            return  # as compared, or one of them went meanwhile
        names = ", ".join(self.query.key)
        raise SourceError(
            f"The API orders the key ({names}) by its type and compares it as another type, so pages of "
            f"{self.query.table} would leave rows out.",
            "Add the schema of the key's type to `Extra search path` in the project's API settings (PostgREST's "
            "`db-extra-search-path`), or pass `primary_key=` with columns of built-in types.",
            kind=ErrorKind.NEEDS_USER,
        )
