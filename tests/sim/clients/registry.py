"""The real registry on a run's clock and chance, with an oracle for each of its feeds."""

from __future__ import annotations

from collections.abc import Callable

from rtwidget.abc import ResolvedSource
from rtwidget.feed.feed import Feed
from rtwidget.feed.sharing.registry import Registry


class ObservedRegistry(Registry):
    """Tells of each feed before it runs.

    Args:
        wall: The run's wall clock, in Unix seconds.
        chance: The run's random numbers.
        made: Told each new feed.
        chains_from_rows: From how many rows on a pass runs in several chains.
    """

    def __init__(
        self,
        wall: Callable[[], float],
        chance: Callable[[], float],
        made: Callable[[Feed, ResolvedSource], None],
        chains_from_rows: int,
    ) -> None:
        super().__init__(wall, chance, chains_from_rows)
        self._made = made

    def _make_feed(self, resolved: ResolvedSource, verify_every_s: float | None) -> Feed:
        feed = super()._make_feed(resolved, verify_every_s)
        self._made(feed, resolved)
        return feed
