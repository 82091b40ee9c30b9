"""When a table that shares a feed is asked who it is, on a virtual clock, and what follows from the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.errors import AuthenticationError, IdentityChangedError, SourceError, UnreachableError
from rtwidget.feed.identity_watch import watch_identity
from rtwidget.feed.state import FeedState
from rtwidget.replica.lifecycle import Event
from rtwidget.replica.pass_plan import PassPlan
from tests.sim.clock import VirtualLoop
from tests.unit.feed.listener import Ear


class Name:
    """Somebody's token, which may end soon, and who is asked for it when."""

    def __init__(self, renew_in_s: float | None = None) -> None:
        self.ends_in_s = renew_in_s
        self.errors: list[SourceError] = []
        self.asked_at: list[float] = []

    def renew_in_s(self) -> float | None:
        return self.ends_in_s

    async def current(self, *, ask: bool = False) -> object:
        assert ask
        self.asked_at.append(asyncio.get_running_loop().time() - BEGIN_S)
        if self.errors:
            raise self.errors.pop(0)
        return None


BEGIN_S = VirtualLoop().time()
Scene = Callable[[FeedState], Awaitable[None]]


async def _nothing(_state: FeedState) -> None:
    await asyncio.sleep(0.0)


def watched(name: Name, length_s: float, scene: Scene = _nothing) -> int:
    """Watch a name for some virtual seconds; return how often the listener was sent away."""
    loop, ear = VirtualLoop(), Ear()
    state = FeedState(loop.wall, PassPlan())

    async def watch() -> None:
        watching = loop.create_task(watch_identity(name, ear, state))
        await scene(state)
        await asyncio.wait([watching], timeout=BEGIN_S + length_s - loop.time())
        watching.cancel()
        await asyncio.wait([watching])

    loop.run_until_complete(watch())
    loop.close()
    return ear.sent_away


def test_a_token_that_ends_is_asked_for_in_its_time_and_another_every_ten_minutes() -> None:
    ending, endless, ended = Name(100.0), Name(), Name(0.0)
    assert [watched(name, 1300.0) for name in (ending, endless)] == [0, 0]
    assert watched(ended, 35.0) == 0
    assert ending.asked_at[:2] == [100.0, 200.0]
    assert endless.asked_at == [600.0, 1200.0]
    assert ended.asked_at == [10.0, 20.0, 30.0]


@pytest.mark.parametrize(
    "error", [IdentityChangedError("Somebody else."), AuthenticationError("Nobody.")]
)
def test_who_is_somebody_else_or_nobody_is_sent_away_once(error: SourceError) -> None:
    name = Name(100.0)
    name.errors += [UnreachableError("No answer."), error]
    assert watched(name, 1000.0) == 1
    assert name.asked_at == [100.0, 200.0]


def test_a_stream_that_is_live_again_asks_at_once() -> None:
    name = Name()

    async def scene(state: FeedState) -> None:
        await asyncio.sleep(5.0)
        state.ask_identities.now()

    assert watched(name, 20.0, scene) == 0
    assert name.asked_at == [5.0]


def test_nobody_is_asked_while_the_feed_rests() -> None:
    name = Name(100.0)

    async def scene(state: FeedState) -> None:
        state.apply(Event.PAUSED)
        await asyncio.sleep(450.0)
        state.apply(Event.RESUMED)

    assert watched(name, 550.0, scene) == 0
    assert name.asked_at == [500.0]
