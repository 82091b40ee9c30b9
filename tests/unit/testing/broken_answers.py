"""Sources that break one promise about reads of keys, of the first rows, or about errors each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtwidget.abc import Answer, Key, Watermark
from rtwidget.errors import UnreachableError
from tests.unit.testing.full_source import FullSource


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
