"""Sources that break one promise about pages each."""

from __future__ import annotations

from dataclasses import replace

from rtwidget.abc import Key, Page
from tests.unit.testing.full_source import FullSource


class TextOrder(FullSource):
    """Orders pages by the text of keys, so that 10 comes before 9, as bounds that are compared as numbers do not."""

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        page = await super().read_page(after, until, 1_000)
        return replace(page, rows=sorted(page.rows, key=lambda row: str(row[0]))[:limit])


class Repeats(FullSource):
    """Takes the lower bound in."""

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        before = None if after is None or after == (1,) else (int(after[0] or 0) - 1,)
        return await super().read_page(before, until, limit)


class Endless(FullSource):
    """Forgets the limit."""

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        return await super().read_page(after, until, 1_000)


class OpenAbove(FullSource):
    """Leaves the upper bound out."""

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        page = await super().read_page(after, until, limit)
        return replace(page, rows=[row for row in page.rows if until is None or row[0] != until[0]])


class BoundsMustExist(FullSource):
    """Finds a bound by its row, so that one whose row is gone is none."""

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        await self.ask()
        low = after if after in self.view.rows else None
        return await super().read_page(low, until, limit)


class NextIgnoresUntil(FullSource):
    """Looks for the next key beyond the bound."""

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        return await super().next_key(after, None)


class KeyOfNothing(FullSource):
    """Has a last key where there is no row."""

    async def last_key(self) -> Key | None:
        return await super().last_key() or (0,)


class FirstKey(FullSource):
    """Takes the first key for the last."""

    async def last_key(self) -> Key | None:
        return await self.next_key(None, None)


class ManyBounds(FullSource):
    """Cuts into more ranges than were asked for."""

    async def key_bounds(self, parts: int) -> list[Key]:
        return await super().key_bounds(parts + 1)


class BoundsBackwards(FullSource):
    """Gives the bounds in another order than the database's."""

    async def key_bounds(self, parts: int) -> list[Key]:
        cuts = await super().key_bounds(parts)
        return cuts[::-1] if len(cuts) > 1 else cuts


class WholeVersions(FullSource):
    """Reads whole rows where versions would do."""

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        return await self.read_page(after, until, limit)


class SameVersion(FullSource):
    """Has a version that stays."""

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        page = await super().read_versions(after, until, limit)
        return replace(page, rows=[(row[0], 1) for row in page.rows])
