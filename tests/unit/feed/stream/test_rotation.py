"""Make before break: when another connection is made, which one goes on, and who is told of a gap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from rtwidget.abc import Event, Live
from rtwidget.errors import ConnectionLostError, SourceError, UnreachableError
from rtwidget.feed.stream.connection import Connection
from rtwidget.feed.stream.rotation import Doubt, Rotation
from rtwidget.replica.budgets import DOUBT_PATIENCE_S, QUIET_STREAM_S, ROTATION_OVERLAP_S
from tests.unit.feed.stream.script import Script
from tests.unit.feed.virtual import played

LONG_S = 100_000.0
Steps = tuple[Event | float | Exception, ...]
STAYS: Steps = (Live(), LONG_S)


class Stream:
    """A stream over connections that a test writes down; the first one is live already."""

    def __init__(self, *later: Steps) -> None:
        self._later = list(later)
        self.opened: list[Connection] = []
        self.gaps: list[bool] = []
        self.doubts = 0
        clock = asyncio.get_running_loop().time
        self.rotation = Rotation(
            clock,
            lambda: 0.0,
            opened=lambda: self.open(self._later.pop(0)),
            closed=Connection.aclose,
            swapped=lambda _fresh, gap: self.gaps.append(gap),
            doubted=self._doubted,
        )

    def open(self, steps: Steps) -> Connection:
        self.opened.append(Connection(Script(*steps), lambda _one: None))
        return self.opened[-1]

    def _doubted(self) -> None:
        self.doubts += 1

    def doubt(self, *, known: bool) -> None:
        now = asyncio.get_running_loop().time()
        self.rotation.doubt(Doubt("the test says so", now, known=known))

    @property
    def alive(self) -> list[bool]:
        return [not connection.ended for connection in self.opened]


def on_a_stream(
    scene: Callable[[Stream, asyncio.Future[SourceError]], Awaitable[None]],
    *later: Steps,
    first: Steps = STAYS,
) -> None:
    async def run() -> None:
        stream = Stream(*later)
        connection = stream.open(first)
        await connection.until_live()
        staying = asyncio.ensure_future(stream.rotation.stay_live(connection))
        await asyncio.sleep(0)
        await scene(stream, staying)
        staying.cancel()
        await asyncio.wait([staying])
        for each in stream.opened:
            await each.aclose()

    played(run)


def test_a_quiet_connection_is_replaced_without_a_gap_and_ends_after_the_other_stands() -> None:
    async def scene(stream: Stream, _staying: asyncio.Future[SourceError]) -> None:
        await asyncio.sleep(QUIET_STREAM_S[0] - 1)
        assert len(stream.opened) == 1
        stream.rotation.heard()
        await asyncio.sleep(QUIET_STREAM_S[0] - 1)
        assert len(stream.opened) == 1
        await asyncio.sleep(1.5)
        assert stream.alive == [True, True]
        assert stream.gaps == [False]
        await asyncio.sleep(ROTATION_OVERLAP_S)
        assert stream.alive == [False, True]
        assert not stream.doubts

    on_a_stream(scene, STAYS)


def test_a_loss_replaces_the_connection_at_once_and_is_a_gap_but_is_not_shown() -> None:
    async def scene(stream: Stream, _staying: asyncio.Future[SourceError]) -> None:
        stream.doubt(known=False)
        await asyncio.sleep(0.1)
        assert stream.gaps == [True]
        assert not stream.doubts
        assert not stream.rotation.doubted

    on_a_stream(scene, STAYS)


def test_a_loss_is_shown_when_no_other_connection_comes_in_time() -> None:
    async def scene(stream: Stream, _staying: asyncio.Future[SourceError]) -> None:
        stream.doubt(known=False)
        await asyncio.sleep(DOUBT_PATIENCE_S - 0.1)
        before = stream.doubts
        await asyncio.sleep(0.2)
        assert [before, stream.doubts] == [0, 1]
        assert stream.rotation.doubted

    on_a_stream(scene, (LONG_S, Live()))


def test_an_outage_is_shown_until_another_connection_is_live() -> None:
    async def scene(stream: Stream, _staying: asyncio.Future[SourceError]) -> None:
        stream.doubt(known=True)
        assert stream.doubts == 1
        await asyncio.sleep(0.5)
        assert stream.rotation.doubted
        await asyncio.sleep(1)
        assert stream.gaps == [True]
        assert not stream.rotation.doubted

    on_a_stream(scene, (1.0, *STAYS))


def test_a_good_connection_stays_when_no_other_can_be_had() -> None:
    async def scene(stream: Stream, staying: asyncio.Future[SourceError]) -> None:
        await asyncio.sleep(QUIET_STREAM_S[0] + 1)
        assert stream.alive == [True, False]
        assert not stream.gaps
        await asyncio.sleep(QUIET_STREAM_S[0] + 1)
        assert stream.gaps == [False]
        assert not staying.done()

    on_a_stream(scene, (UnreachableError("Nobody answers."),), STAYS)


def test_a_doubted_connection_does_not_stay_when_no_other_can_be_had() -> None:
    refused = UnreachableError("Nobody answers.")

    async def scene(stream: Stream, staying: asyncio.Future[SourceError]) -> None:
        stream.doubt(known=True)
        assert await staying is refused

    on_a_stream(scene, (refused,))


def test_the_end_of_a_connection_ends_the_stream_also_while_another_is_made() -> None:
    ended = ConnectionLostError("It was closed.")
    begins_s = QUIET_STREAM_S[0]

    async def scene(stream: Stream, staying: asyncio.Future[SourceError]) -> None:
        assert await staying is ended
        assert len(stream.opened) == 2
        assert not stream.gaps

    on_a_stream(scene, (LONG_S, Live()), first=(Live(), begins_s + 1, ended))
