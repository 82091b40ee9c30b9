"""A source: it reads one query, and it says when to read again. `rtwidget.abc` tells how to write one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from rtwidget.abc.answers import Answer, Page, Watermark
from rtwidget.abc.notifications import Event
from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Schema


# Nothing more becomes obligatory here: what comes later is a protocol beside it, so that sources stay whole.
class Source(Protocol):
    """A query on one table, read as one role and one identity.

    Cheap to make: nothing is contacted before the first call. Every method is called on rtwidget's loop thread, several
    may run at once, and each may be cancelled while it waits.

    Each method that asks the server raises:
        SourceError: When the table, a named column or the reader is refused, or nothing answers; its class and `kind`
            say whether time, a new token or only the user can end it.
    """

    @property
    def top_rows(self) -> int | None:
        """How many rows a top-N query keeps; None for a query without a limit."""
        ...

    @property
    def version_column(self) -> str | None:
        """The column that every change of a row changes, by trigger or identity; None when there is none."""
        ...

    async def describe(self) -> Schema:
        """Return key columns, and the names and types that the source can know.

        It is asked again when a page shows other columns, or a column or the table is refused.
        """
        ...

    # A pass ends at this key: rows that come behind it meanwhile are announced, and a growing table would never end.
    async def last_key(self) -> Key | None:
        """Return the greatest key of the query now, or None when it has no row."""
        ...

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key with `after < key <= until`, or None; nothing else of its row is read.

        It is the way past a row that is too large to be read.
        """
        ...

    async def key_bounds(self, parts: int) -> list[Key]:
        """Return at most `parts - 1` keys that cut the query's rows into about equal ranges, in the database's order.

        They are only good for speed: ranges that join at any keys cover the same rows.
        """
        ...

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until`, ordered by key.

        The order is the source's own and total; nobody else compares keys. It must be the same in each method.

        Args:
            after: The last key that the previous page returned; None for the first page. Its row may be gone by now.
            until: The greatest key to return; None for no bound. Its row may be gone by now.
            limit: How many rows to return at most; servers may return fewer without saying so.

        Raises:
            ReadTooLargeError: When fewer rows may come.
        """
        ...

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return key and version of the rows that `read_page` would return; only called with a version column."""
        ...

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows of the query that have one of these keys, in any order.

        A key may be spelled as a notification spells it. A row that comes back carries its own spelling.

        Args:
            keys: At least one; at most 200 (`replica.budgets.KEY_READ_ROWS`).
        """
        ...

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        """Return the first rows of the query in the user's order, ties by key (top-N); only called with `top_rows`.

        Args:
            limit: How many rows to return at most.
            page_rows: How many may be asked for at once.
        """
        ...

    # Apart from `probe`, which may count rows and be slow: no answer to this in seconds means an outage.
    async def ping(self) -> None:
        """Ask the database for nothing, as the reader, to see whether it answers."""
        ...

    async def probe(self) -> Watermark | None:
        """Return a cheap digest, or None when the source has none."""
        ...

    # Not `async def`: an implementation is an async generator, and calling one returns it without being awaited.
    def notifications(self) -> AsyncGenerator[Event]:
        """Run one connection's life: `Live`, then notifications; raises at the first doubt.

        Disposable: one call, one subscription. Nothing is repaired in place: after an error another one is begun. Two
        may run at once while one replaces the other. A change that is committed after `Live` came is named once
        it can be read, as well as the server can; what it drops without a word is found by the next pass. The generator
        never ends by itself: it raises. Leaving it (`aclose`) leaves the stream politely.

        Raises:
            ConnectionLostError: When the stream ended or can no longer be trusted.
            NotificationsUnavailableError: When the table will never be announced as it stands; it is then read again
                and again (polling), which the screen says.
            AuthenticationError: When the token was refused.
        """
        ...

    async def aclose(self) -> None:
        """Give back every connection; called once nothing runs any more, also when nothing was ever asked."""
        ...
