"""Known failures of other clients, each as a scene that must end well here."""

from __future__ import annotations

from rtwidget.errors import ConnectionLostError
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene


def test_supabase_js_1599_subscribed_before_live_loses_nothing() -> None:
    async def scene(stage: Stage) -> None:
        stage.server.faults.live_delay_s = 3.0
        stage.server.faults.hole_s = 3.0
        await stage.wait(1.0)
        assert stage.state() != "live"
        stage.put(1)
        await stage.wait(5.0)
        assert stage.state() == "live"
        assert stage.shown() == {(1,)}

    play_scene(scene)


def test_a_cold_server_that_says_live_too_early_is_found_out_by_the_passes_after_live() -> None:
    async def scene(stage: Stage) -> None:
        stage.server.faults.hole_s = 4.0
        await stage.wait(2.0)
        assert stage.state() == "live"
        stage.put(1)
        await stage.wait(2.0)
        assert stage.shown() == set()
        await stage.wait(4.0)
        assert stage.shown() == {(1,)}

    play_scene(scene)


def test_realtime_414_a_row_that_leaves_the_filter_goes_and_one_that_enters_comes() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2)
        stage.put(3, status="shut")
        await stage.wait(70.0)
        passes = stage.meter.reads["last"]
        stage.put(1, status="shut")
        stage.put(3)
        await stage.wait(3.0)
        assert stage.shown() == {(2,), (3,)}
        assert stage.meter.reads["last"] == passes

    play_scene(scene)


def test_supabase_flutter_319_a_row_of_the_unfiltered_table_stays_when_it_leaves_the_filter_of_another() -> (
    None
):
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        stage.put(1, status="shut")
        await stage.wait(3.0)
        assert stage.shown(0) == set()
        assert stage.shown(1) == {(1,)}

    play_scene(scene, Want("ann", "open"), Want("ann"))


def test_supabase_flutter_705_what_happened_during_sleep_is_there_soon_after_waking() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2)
        await stage.wait(70.0)
        stage.loop.slept_s += 7200.0
        stage.delete(1)
        stage.put(3)
        stage.server.go_silent(30.0)
        await stage.wait(45.0)
        assert stage.state() == "live"
        assert stage.shown() == {(2,), (3,)}

    play_scene(scene)


def test_supabase_flutter_638_what_happened_during_a_reconnect_is_there_at_live() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        stage.server.faults.refusing = ConnectionLostError("Not now.")
        stage.server.close_all(ConnectionLostError("Closed.", code="1006"))
        await stage.wait(1.0)
        assert stage.state() == "offline"
        stage.put(2)
        stage.delete(1)
        await stage.wait(9.0)
        stage.server.faults.refusing = None
        await stage.wait(25.0)
        assert stage.state() == "live"
        assert stage.shown() == {(2,)}

    play_scene(scene)


def test_supabase_py_1655_every_join_asks_for_the_token_anew() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(10.0)
        stage.users[0].session.token = "second"
        stage.server.close_all(ConnectionLostError("Closed.", code="1000"))
        await stage.wait(10.0)
        assert stage.server.joined_with == ["first", "second"]

    play_scene(scene)
