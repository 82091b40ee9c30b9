"""Sources and requests that do not do what was asked, or share too much."""

from __future__ import annotations

from dataclasses import replace

from rtwidget.abc import Page, ResolvedSource, Schema
from rtwidget.errors import UnreachableError
from tests.unit.testing.full_source import FullRequest, FullSource


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
