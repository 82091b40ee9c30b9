"""A database that is down behind servers that live: nobody says live meanwhile, nor on a stream that died of it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rtwidget.errors import SourceError
from rtwidget.replica.budgets import PING_GAP_S, QUIET_STREAM_S
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene
from tests.sim.servers.outage import NOTICED_S

QUIET = Want("ann", "open", verify_every_s=600.0)


async def until_state(stage: Stage, state: str, within_s: float, place: int = 0) -> float:
    """Wait for a state, and return how long it took."""
    began = stage.loop.time()
    while stage.state(place) != state:
        assert stage.loop.time() - began < within_s, f"It is {stage.state(place)}."
        await stage.wait(0.1)
    return stage.loop.time() - began


def pings(stage: Stage) -> list[float]:
    """Return the moments of all pings so far."""
    return [moment for moment, *what in stage._trace if what[0] == "read" and what[2] == "ping"]


@pytest.mark.parametrize("want", [QUIET, Want("ann", None, 5, verify_every_s=600.0)])
def test_a_quiet_table_is_offline_within_30_s_and_live_again_on_another_stream(want: Want) -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.outage.begin()
        await until_state(stage, "offline", NOTICED_S)
        await stage.wait(60.0)
        joins = len(stage.server.joined_with)
        stage.outage.end()
        await until_state(stage, "live", 20.0)
        assert len(stage.server.joined_with) == joins + 1
        await stage.wait(61.0)
        passes = stage.meter.reads["last"]
        stage.put(2)
        await stage.wait(3.0)
        assert stage.shown() == {(1,), (2,)}, "The poller never came back for the old one."
        assert stage.meter.reads["last"] == passes

    play_scene(scene, want)


def test_nothing_is_live_before_the_other_stream_is() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        stage.outage.begin()
        await stage.wait(60.0)
        stage.server.faults.live_delay_s = 12.0
        stage.outage.end()
        await until_state(stage, "loading", 15.0)
        for _ in range(80):
            await stage.wait(0.1)
            assert stage.state() == "loading"
        await until_state(stage, "live", 15.0)

    play_scene(scene, QUIET)


def test_the_passes_after_live_repair_what_the_server_loses_after_its_return() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        stage.outage.begin()
        await stage.wait(18.0)
        stage.outage.end(hole_s=16.0)
        await until_state(stage, "live", 15.0)
        stage.put(1)
        await stage.wait(22.0)
        assert stage.shown() == {(1,)}

    play_scene(scene, QUIET)


def test_one_table_that_notices_has_the_streams_of_all_doubted() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        stage.outage.begin()
        stage.users[0].attachment.refresh()
        await stage.wait(1.0)
        stage.outage.end()
        await stage.wait(8.0)
        assert sorted(stage.state(place) for place in range(2)) == ["live", "live"]
        assert len(stage.server.joined_with) == joins + 2

    play_scene(scene, QUIET, Want("bob", verify_every_s=600.0))


def test_many_tables_ask_together_and_at_most_once_a_second() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        pinged = pings(stage)
        await stage.wait(300.0)
        assert 25 <= len(pings(stage)) - len(pinged) <= 30
        pinged = pings(stage)
        stage.outage.begin()
        await stage.wait(120.0)
        assert {stage.state(place) for place in range(6)} == {"offline"}
        during = pings(stage)[len(pinged) :]
        assert min(later - earlier for earlier, later in pairwise(during)) >= PING_GAP_S

    wants = [
        Want("ann", status, top, verify_every_s=600.0)
        for status in ("open", "shut", None)
        for top in (None, 5)
    ]
    play_scene(scene, *wants)


def test_nobody_asks_while_reads_are_answered() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        asked = len(pings(stage))
        for number in range(60):
            stage.put(number)
            await stage.wait(5.0)
        assert len(pings(stage)) - asked <= 1

    play_scene(scene, QUIET, Want("bob", verify_every_s=600.0))


def test_a_stream_that_stalls_with_the_database_is_offline_too() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        stage.backend.network.faults.stalled = True
        await until_state(stage, "offline", NOTICED_S)
        stage.backend.network.faults.stalled = False
        await until_state(stage, "live", 30.0)

    play_scene(scene, QUIET)


def test_a_policy_that_raises_is_told_though_a_ping_of_no_row_does_not_meet_it() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.backend.network.refusing = SourceError("Division by zero.", code="400")
        await until_state(stage, "offline", NOTICED_S)
        stage.backend.network.refusing = None
        await until_state(stage, "live", 60.0)

    play_scene(scene, QUIET)


def test_a_dead_stream_without_an_outage_is_believed_for_four_minutes_at_most() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.server.forget_all()
        await stage.wait(QUIET_STREAM_S[1] + 5.0)
        passes = stage.meter.reads["last"]
        stage.put(2)
        await stage.wait(3.0)
        assert stage.shown() == {(1,), (2,)}
        assert stage.meter.reads["last"] == passes

    play_scene(scene, QUIET)
