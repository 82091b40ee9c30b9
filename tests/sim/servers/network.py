"""A simulated REST API in front of a table: it takes time, fails in every way, and cuts answers off without a word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from rtwidget.errors import DatabaseUnavailableError, SourceError, UnreachableError

T = TypeVar("T")


@dataclass
class NetworkFaults:
    """What goes wrong now.

    Args:
        fail_share: Which share of the reads fails.
        stalled: Whether no read is answered at all.
        locked: Whose reads wait, as those of a table that somebody locks.
        renew_share: Which share of the reads is refused once for an expired token, then repeated with another.
        page_cap: The most rows in a page.
        key_cap: The most rows in an answer to a read of keys.
        counting: Whether answers to reads of keys say how many rows there are.
        slow_s: What every read takes longer.
        catalog: The columns that the catalog still shows, or None when it is up to date.
        table_missing: Whether the API has forgotten the table for now.
    """

    fail_share: float = 0.0
    stalled: bool = False
    locked: str | None = None
    renew_share: float = 0.0
    page_cap: int = 1000
    key_cap: int = 1000
    counting: bool = True
    slow_s: float = 0.0
    catalog: tuple[str, ...] | None = None
    table_missing: bool = False


class Network:
    """The way of every read to the database and back.

    Args:
        random: The run's random numbers.
        usual_s: The least and the most time that one way takes.
    """

    def __init__(self, random: Random, usual_s: tuple[float, float]) -> None:
        self.faults = NetworkFaults()
        self.refusing: SourceError | None = None
        self.down = False
        self._held: dict[str, float] = {}
        self._failing: dict[str, int] = {}
        self._random = random
        self._usual_s = usual_s

    def hold_next(self, kind: str, length_s: float) -> None:
        """Keep the next answer of a kind on the way for a while, after the look."""
        self._held[kind] = length_s

    def fail_next(self, kind: str, times: int) -> None:
        """Let the next reads of a kind fail."""
        self._failing[kind] = times

    async def ask(self, kind: str, look: Callable[[], T]) -> T:
        """Carry a question to the database, look at one moment, and carry the answer back.

        Args:
            kind: Which method of the source asks.
            look: Looks at the database.

        Raises:
            SourceError: When it fails, before or after the look.
        """
        await self._travel()
        if self._random.random() < self.faults.renew_share:
            await self._travel()
            await self._travel()
        self._perhaps_fail()
        if self._failing.get(kind, 0):
            self._failing[kind] -= 1
            raise SourceError("Internal error.", code="500")
        if self.down:
            raise DatabaseUnavailableError("The API does not reach its database.", code="PGRST001")
        if self.refusing is not None:
            raise self.refusing
        answer = look()
        await asyncio.sleep(self._held.pop(kind, 0.0))
        await self._travel()
        self._perhaps_fail()
        return answer

    async def _travel(self) -> None:
        least_s, most_s = self._usual_s
        await asyncio.sleep(self._random.uniform(least_s, most_s) + self.faults.slow_s)
        # Whoever asks gives up after a while; a stall that ends lets the answer through.
        while self.faults.stalled:  # noqa: ASYNC110  (time is virtual)
            await asyncio.sleep(1.0)

    def _perhaps_fail(self) -> None:
        if self._random.random() >= self.faults.fail_share:
            return
        kind = self._random.randrange(4)
        if kind == 0:
            wait_s = self._random.choice([1.0, 5.0, 20.0])
            raise UnreachableError("Service unavailable.", code="503", retry_after_s=wait_s)
        if kind == 1:
            raise SourceError("Internal error.", code="500")
        if kind == 2:
            raise UnreachableError("The connection was reset.")
        raise SourceError("Statement timeout.", code="57014")
