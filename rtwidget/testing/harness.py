"""What the kit needs to know of a source under test: who makes it, and how its table is written to."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rtwidget.abc import Key, Source, SourceFactory, TableQuery
from rtwidget.sources.query.checked_query import checked_query


class SourceHarness(ABC):
    """A table of numbered rows that the tests write to behind the source's back; empty when a test begins.

    A row has a key that is made of its number, and one column that holds its text; what else it has is its own matter.
    Keys are ordered as their numbers are. Where keys are texts, write the number with leading zeros.
    Every coroutine runs on the loop of the test that asks for it.
    """

    table = "numbered"
    """The table's name."""
    schema = "public"
    """The table's schema."""
    primary_key: str | Sequence[str] | None = None
    """The key columns, where the source has to be told."""
    version: str | None = None
    """A column that every change of a row changes; None without one."""
    # No measure of speed: only what never comes takes so long, however slow the machine is.
    patience_s = 60.0
    """How long the tests wait for what should come at once, in seconds."""

    @abstractmethod
    def factory(self) -> SourceFactory:
        """Return what makes the source; an equal one each time."""

    @abstractmethod
    async def put(self, number: int, text: str) -> None:
        """Insert a row, or update the row of this number; committed on return."""

    @abstractmethod
    async def delete(self, number: int) -> None:
        """Delete a row; committed on return."""

    def key(self, number: int) -> Key:
        """Return the key of a row, spelled as reads spell it."""
        return (number,)

    def foreign_keys(self, number: int) -> Sequence[Key]:
        """Return keys that name a row but spell it in other ways, such as ("007",)."""
        return [tuple(str(part) for part in self.key(number))]

    # From here on whatever a harness cannot do skips the tests that need it, instead of failing them.
    async def renumber(self, number: int, other: int) -> None:  # noqa: ARG002  (for those who can)
        """Change the key of a row in one transaction."""
        pytest.skip("The harness does not change keys.")

    async def cap_answers(self, rows: int) -> None:  # noqa: ARG002  (for those who can)
        """Let the server cut every answer off after so many rows, without a word."""
        pytest.skip("The harness does not cap answers.")

    async def break_streams(self) -> None:
        """End every connection on which notifications come."""
        pytest.skip("The harness does not break streams.")

    def unreachable(self) -> SourceFactory:
        """Return what makes a source whose server does not answer, such as one at a closed port."""
        pytest.skip("The harness has no server that does not answer.")

    def run(self, test: Coroutine[Any, Any, None]) -> None:
        """Run a test on an event loop of its own."""
        # What a source leaves behind cannot reach the next test, and pytest needs no plugin for coroutines.
        asyncio.run(test)

    def query(self, **asked: Any) -> TableQuery:  # noqa: ANN401  (the arguments of `live_table`)
        """Return a query on the table."""
        # Made in the way of `live_table`, so that a source meets nothing that a user could not ask for.
        known = {"schema": self.schema, "primary_key": self.primary_key}
        return checked_query(**{"table": self.table, **known, **asked})

    @asynccontextmanager
    async def opened(self, **asked: Any) -> AsyncIterator[Source]:  # noqa: ANN401  (the same)
        """Open a source on the table, as a live table does, and close it."""
        resolved = await self.factory().request_for(self.query(**asked)).resolve()
        identity = resolved.identity
        try:
            # Inside of the `try`, because a source is closed even if its token turns out to be no good.
            if identity is not None:
                await identity.lend()
            yield resolved.source
        finally:
            if identity is not None:
                identity.withdraw()
            await resolved.source.aclose()

    async def fill(self, *numbers: int) -> None:
        """Put rows whose texts are told from each other."""
        for number in numbers:
            await self.put(number, text_of(number))

    def keys(self, *numbers: int) -> list[Key]:
        """Return the keys of several rows."""
        return [self.key(number) for number in numbers]


def text_of(number: int) -> str:
    """Return the text that a row is filled with."""
    return f"text {number}"
