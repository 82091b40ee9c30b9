"""A stream is doubted once what a pass found was not announced in time."""

from __future__ import annotations

import asyncio

from rtwidget.feed.state import FeedState
from rtwidget.feed.stream.loss_watch import LossWatch
from rtwidget.replica.budgets import PROBE_CONFIRM_S
from rtwidget.replica.schedule.pass_plan import PassPlan
from tests.unit.feed.virtual import played


async def with_two_passes() -> FeedState:
    """Return a state in which what a pass finds counts against the stream."""
    state, clock = FeedState(lambda: 0.0, PassPlan()), asyncio.get_running_loop().time
    state.loss_detector.live()
    for _ in range(2):
        state.loss_detector.pass_began(clock())
        state.loss_detector.pass_completed()
    return state


def doubts_after(announced: tuple[int, ...]) -> tuple[int, int]:
    """Return how often the stream was doubted, and the losses counted, when a pass found two rows and these were announced."""

    async def run() -> tuple[int, int]:
        state, doubts = await with_two_passes(), list[None]()
        watching = asyncio.ensure_future(LossWatch(state, lambda: doubts.append(None)).run())
        state.suspect([(1,), (2,)])
        await asyncio.sleep(PROBE_CONFIRM_S / 2)
        state.loss_detector.announced((key,) for key in announced)
        await asyncio.sleep(PROBE_CONFIRM_S * 3)
        assert not state.wake_loss_watch.is_set()
        watching.cancel()
        return len(doubts), state.stats.losses_found

    return played(run)


def test_what_is_announced_in_time_is_no_loss() -> None:
    assert doubts_after((1, 2)) == (0, 0)


def test_what_is_not_announced_in_time_is_one_loss_however_many_rows_it_is() -> None:
    assert doubts_after(()) == (1, 1)
    assert doubts_after((2,)) == (1, 1)
