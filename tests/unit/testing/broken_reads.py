"""Sources that break one promise about reads or requests each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtwidget.abc import Answer, Key, Page, ResolvedSource, Schema, Watermark
from rtwidget.errors import UnreachableError
from tests.unit.testing.full_memory import FullRequest, FullSource


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


class Neighbours(FullSource):
    """Brings every row for a read of keys."""

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        page = await self.read_page(None, None, 1_000)
        return Answer(page.columns, page.rows, whole=True)


class Cached(FullSource):
    """Answers from what it read before."""

    _kept: Answer | None = None

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        self._kept = self._kept or await super().read_keys(keys)
        return self._kept


class EchoesSpelling(FullSource):
    """Returns a row under the spelling that was asked for."""

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        page = await super().read_keys([(int(key[0] or 0),) for key in keys])
        rows = [(key[0], *row[1:]) for key, row in zip(keys, page.rows, strict=False)]
        return replace(page, rows=rows)


class AlwaysWhole(FullSource):
    """Says of every answer that it is whole."""

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        return replace(await super().read_keys(keys), whole=True)


class LastRows(FullSource):
    """Keeps the last rows instead of the first."""

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        answer = await super().read_top(1_000, page_rows)
        return replace(answer, rows=answer.rows[-limit:])


class Unfiltered(FullSource):
    """Forgets the filter."""

    async def ask(self) -> None:
        await super().ask()
        self.view.rows = self.server.table.rows


class AllColumns(FullSource):
    """Forgets which columns were asked for."""

    def chosen(self, page: Page, *names: str) -> Page:
        return super().chosen(page, *(names or page.columns))


class OtherColumns(FullSource):
    """Describes columns that no answer has."""

    async def describe(self) -> Schema:
        schema = await super().describe()
        return replace(schema, columns=(*schema.columns, *schema.columns[:1]))


class Miscounts(FullSource):
    """Counts one row too many."""

    async def probe(self) -> Watermark | None:
        await self.ask()
        return Watermark(len(self.view.rows) + 1)


class RawErrors(FullSource):
    """Lets the errors of its library out."""

    async def ask(self) -> None:
        try:
            await super().ask()
        except UnreachableError:
            raise ConnectionRefusedError("The server is away.") from None


class NoErrors(FullSource):
    """Answers a ping without asking the server."""

    async def ping(self) -> None:
        return


class OneFeed(FullRequest):
    """Shares one feed among all queries."""

    async def resolve(self) -> ResolvedSource:
        return replace(await super().resolve(), feed_key="memory")


class OwnFeed(FullRequest):
    """Shares a feed with nobody, although the query is the same."""

    async def resolve(self) -> ResolvedSource:
        return replace(await super().resolve(), feed_key=object())


class OtherTitle(FullRequest):
    """Calls every table the same."""

    @property
    def title(self) -> str:
        return "memory"


class AsksAtOnce(FullRequest):
    """Contacts the server before it is used."""

    async def resolve(self) -> ResolvedSource:
        resolved = await super().resolve()
        try:
            await resolved.source.ping()
        except UnreachableError as error:
            raise AssertionError("It was contacted.") from error
        return resolved
