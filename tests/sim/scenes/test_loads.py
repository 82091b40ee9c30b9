"""Budgets that only a crowd of tables, or a stubborn key, can reach."""

from __future__ import annotations

from rtwidget.replica import budgets as b
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene

_CROWD = [Want("ann", f"status {number}") for number in range(30)]


def test_a_crowd_of_busy_tables_keeps_to_ten_reads_of_keys_a_second() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(65.0)
        before, busy_s = stage.meter.reads["keys"], 20.0
        for number in range(int(busy_s * 10)):
            stage.put(number % 40, status=f"status {number % 30}")
            await stage.wait(0.1)
        made = stage.meter.reads["keys"] - before
        assert busy_s * 5.0 < made <= busy_s * b.PROJECT_READS_PER_S + b.PROJECT_READS_BURST
        await stage.wait(20.0)
        stage.demand_equal()

    play_scene(scene, *_CROWD)


def test_a_crowd_of_tables_that_begin_together_has_four_reads_under_way() -> None:
    async def scene(stage: Stage) -> None:
        stage.backend.network.faults.slow_s = 0.3
        most = 0
        for _ in range(100):
            await stage.wait(0.1)
            most = max(most, stage.meter.in_flight)
        assert most == 4

    play_scene(scene, *_CROWD)


def test_a_key_that_cannot_be_read_is_left_to_a_pass() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        stage.backend.network.fail_next("keys", 1_000_000)
        stage.put(1, score=7)
        await stage.wait(20.0)
        stage.demand_equal()

    play_scene(scene)


def test_a_top_n_query_is_read_at_most_four_times_a_second() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(65.0)
        before = stage.meter.reads["top"]
        for number in range(100):
            stage.put(number % 40, score=number)
            await stage.wait(0.1)
        assert 20 <= stage.meter.reads["top"] - before <= 41
        await stage.wait(3.0)
        stage.demand_equal()

    play_scene(scene, Want("ann", None, 5))


def test_a_table_whose_read_waits_behind_stuck_ones_says_that_the_database_is_silent() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(65.0)
        stage.backend.network.faults.stalled = True
        for user in stage.users[1:]:
            user.attachment.refresh()
        await stage.wait(1.0)
        assert stage.meter.in_flight == b.PROJECT_READS_IN_FLIGHT
        stage.put(1)
        await stage.wait(b.READS_OVERDUE_S + 2.0)
        assert stage.state(0) == "offline"
        stage.backend.network.faults.stalled = False
        await stage.wait(10.0)
        assert stage.state(0) == "live"
        stage.demand_equal()

    play_scene(scene, Want("ann", "open"), *_CROWD[: b.PROJECT_READS_IN_FLIGHT])


def test_a_pass_that_waits_for_ten_times_the_last_ones_time_is_no_outage() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        state, replica = stage.oracle().feed.state, stage.replica()
        stage.backend.network.faults.slow_s = 2.0
        stage.users[0].attachment.refresh()
        await stage.wait(12.0)
        stage.backend.network.faults.slow_s = 0.0
        assert replica.running is None
        replica.invalidate_all("a notification without usable keys")
        state.wake_passes.set()
        for _ in range(2 * int(b.READS_OVERDUE_S)):
            await stage.wait(1.0)
            assert replica.want is not None
            assert stage.state() == "live"
        await stage.wait(b.PASS_GAP_FACTOR * state.plan.last_s)
        assert replica.want is None

    play_scene(scene)
