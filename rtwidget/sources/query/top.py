"""The first rows in the user's order, also where the server caps its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from rtwidget.abc import Answer
from rtwidget.replica.keys import Key, Row, key_of

ATTEMPTS = 3
"""How often pages that do not fit together are read again."""
OVERLAP_ROWS = 10
"""Rows that a page repeats of the one before, to show whether rows moved between the two."""

Asked = TypeVar("Asked")
Asking_co = TypeVar("Asking_co", covariant=True)


class TopQuery(Protocol[Asking_co]):
    """What a source asks for the first rows."""

    @property
    def key(self) -> tuple[str, ...]:
        """The key columns."""
        ...

    def top(self, limit: int, offset: int) -> Asking_co:
        """Return what asks for so many rows behind so many others."""
        ...


class Found(Protocol):
    """What comes back."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; empty without a row."""
        ...

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in the user's order."""
        ...

    @property
    def wire_bytes(self) -> int:
        """The size on the wire in bytes."""
        ...

    @property
    def size_bytes(self) -> int:
        """The size before compression in bytes."""
        ...


async def read_top(
    query: TopQuery[Asked],
    read_rows: Callable[[Asked], Awaitable[Found]],
    limit: int,
    page_rows: int,
) -> Answer:
    """Return the first rows, at most `limit`, in pages of at most `page_rows` (loop thread only; design section 2, top-N).

    Nothing is counted: a count reads the whole table, and any write elsewhere changes it. Offsets
    shift under writes, so a page is believed only when it repeats the end of the one before and
    brings no key again. After `ATTEMPTS` the answer holds each key once and is not whole.

    Raises:
        SourceError: When a page cannot be read.
    """
    wire_bytes = size_bytes = 0
    for attempt in range(ATTEMPTS):
        reading = _Reading(query.key, limit, page_rows)
        while not reading.ended and (reading.fits or attempt == ATTEMPTS - 1):
            reading.take(await read_rows(query.top(*reading.window)))
        wire_bytes, size_bytes = wire_bytes + reading.wire_bytes, size_bytes + reading.size_bytes
        if reading.fits:
            break
    return reading.answer(wire_bytes, size_bytes)


class _Reading:
    """One attempt to put pages together.

    Args:
        key: The key columns.
        limit: How many rows are wanted.
        page_rows: How many may be asked for at once.
    """

    def __init__(self, key: tuple[str, ...], limit: int, page_rows: int) -> None:
        self._key = key
        self._limit = limit
        self._page_rows = page_rows
        self._columns: tuple[str, ...] = ()
        self._rows: list[Row] = []
        self._keys: list[Key] = []
        self._overlap = 0
        self.fits = True
        self.ended = False
        self.wire_bytes = self.size_bytes = 0

    @property
    def window(self) -> tuple[int, int]:
        """How many rows to ask for next, and from which offset."""
        offset = len(self._rows) - self._overlap
        return min(self._page_rows, self._limit - offset), offset

    def take(self, page: Found) -> None:
        """Add the page of the last `window`."""
        self.wire_bytes += page.wire_bytes
        self.size_bytes += page.size_bytes
        self._columns = self._columns or page.columns
        keys: list[Key] = []
        if page.columns == self._columns and set(self._key) <= set(page.columns):
            positions = [page.columns.index(name) for name in self._key]
            keys = [key_of(row, positions) for row in page.rows]
        if len({*keys}) < len(keys):
            # One answer is one moment, so nothing moved: the key is at fault, as the rows show.
            self._rows, self._keys = list(page.rows), keys
            self.fits = self.ended = True
            return
        known, new = keys[: self._overlap], keys[self._overlap :]
        # Compared by key alone: a row that changed and stayed where it was is no doubt.
        repeats = known == self._keys[len(self._keys) - self._overlap :]
        self.fits = self.fits and repeats and len(keys) == len(page.rows)
        self._rows += page.rows[self._overlap :] if new else []
        self._keys += new
        self.fits = self.fits and len({*self._keys}) == len(self._keys)
        # A server that gave more rows before, and now gives none after these, has no more.
        self.ended = not new or len(self._rows) >= self._limit
        self._overlap = min(OVERLAP_ROWS, len(page.rows) // 2)

    def answer(self, wire_bytes: int, size_bytes: int) -> Answer:
        """Return what was read."""
        rows = self._rows
        if not self.fits:
            rows = list(dict(zip(self._keys, rows, strict=True)).values())
        return Answer(
            self._columns, rows[: self._limit], wire_bytes, whole=self.fits, size_bytes=size_bytes
        )
