"""When a table that shares a feed is asked who it is, on a virtual clock, and what follows from the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from rtwidget.errors import AuthenticationError, IdentityChangedError, SourceError, UnreachableError
from rtwidget.feed.sharing.identity_watch import watch_identity
from rtwidget.feed.state import FeedState
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event
from tests.sim.runs.clock import VirtualLoop
from tests.unit.feed.listener import Ear


class Name:
    """Somebody's token, which may end soon, and who is asked for it when."""

    def __init__(self, renew_in_s: float | None = None, *, spared: bool = True) -> None:
        self.ends_in_s = renew_in_s
        self.spared = spared
        self.doubt = asyncio.Event()
        self.asked_anew: list[bool] = []
        self.errors: list[SourceError] = []
        self.asked_at: list[float] = []

    def renew_in_s(self) -> float | None:
        return self.ends_in_s

    async def current(self, *, ask: bool = False) -> object:
        self.asked_anew.append(ask)
        self.asked_at.append(asyncio.get_running_loop().time() - BEGIN_S)
        if self.errors:
            raise self.errors.pop(0)
        return None

    async def lend(self) -> None: ...

    def withdraw(self) -> None: ...


BEGIN_S = VirtualLoop().time()
Scene = Callable[[FeedState], Awaitable[None]]


async def _nothing(_state: FeedState) -> None:
    await asyncio.sleep(0.0)


def watched(name: Name, length_s: float, scene: Scene = _nothing) -> Ear:
    """Watch a name for some virtual seconds; return what the listener was told."""
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
    return ear


def test_a_token_that_ends_is_asked_for_in_its_time_and_another_every_ten_minutes() -> None:
    ending, endless, ended = Name(100.0), Name(), Name(0.0)
    told = [watched(ending, 1300.0), watched(endless, 1300.0), watched(ended, 35.0)]
    assert not any(ear.sent_away or ear.refusals for ear in told)
    assert ending.asked_at[:2] == [100.0, 200.0]
    assert endless.asked_at == [600.0, 1200.0]
    assert ended.asked_at == [10.0, 20.0, 30.0]
    # What only has to be renewed in time may have been renewed by a read.
    assert (ending.asked_anew[:2], endless.asked_anew) == ([False] * 2, [True] * 2)


def test_who_is_somebody_else_is_sent_away_once() -> None:
    name = Name(100.0, spared=False)
    name.errors += [UnreachableError("No answer."), IdentityChangedError("Somebody else.")]
    told = watched(name, 1000.0)
    assert (told.sent_away, told.refusals) == (1, [])
    assert name.asked_at == [100.0, 200.0]


def test_whose_token_is_no_good_fails_once_and_alone() -> None:
    name, error = Name(100.0), AuthenticationError("JWT expired")
    name.errors += [UnreachableError("No answer."), error]
    told = watched(name, 1000.0)
    assert (told.sent_away, told.refusals) == (0, [error])
    assert name.asked_at == [100.0, 200.0]


def test_a_feed_that_nobody_elses_token_can_read_is_left_to_its_reads() -> None:
    name = Name(100.0, spared=False)
    name.errors += [AuthenticationError("JWT expired")]
    told = watched(name, 250.0)
    assert (told.sent_away, told.refusals) == (0, [])
    assert name.asked_at == [100.0, 200.0]


def test_a_stream_that_is_live_again_and_a_refusal_ask_at_once() -> None:
    live, refused = Name(), Name(100.0)

    async def live_again(state: FeedState) -> None:
        await asyncio.sleep(5.0)
        state.ask_identities.now()

    async def refuse(_state: FeedState) -> None:
        await asyncio.sleep(5.0)
        refused.doubt.set()

    watched(live, 20.0, live_again)
    watched(refused, 20.0, refuse)
    assert (live.asked_at, live.asked_anew) == ([5.0], [True])
    assert (refused.asked_at, refused.asked_anew) == ([5.0], [True])


def test_nobody_is_asked_while_the_feed_rests() -> None:
    name = Name(100.0)

    async def scene(state: FeedState) -> None:
        state.apply(Event.PAUSED)
        await asyncio.sleep(450.0)
        state.apply(Event.RESUMED)

    watched(name, 550.0, scene)
    assert name.asked_at == [500.0]


def test_a_failed_feed_asks_seldom() -> None:
    name = Name(0.0)

    async def scene(state: FeedState) -> None:
        state.apply(Event.FAILED)

    watched(name, 650.0, scene)
    assert name.asked_at == [600.0]
