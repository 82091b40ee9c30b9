"""Make before break: connections are replaced in time, and never is there a moment without one."""

from __future__ import annotations

from rtwidget.replica.budgets import QUIET_STREAM_S, ROTATION_S
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene


def test_a_quiet_hour_rotates_without_a_gap_a_pass_or_a_lost_row() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        least, most, hour_s = 99, 0, 3600.0
        joins, passes = len(stage.server.joined_with), stage.meter.reads["last"]
        for second in range(int(hour_s)):
            await stage.wait(1.0)
            least = min(least, len(stage.server.connections))
            most = max(most, len(stage.server.connections))
            if second % 7 == 0:
                stage.put(second % 40)
        rotations = len(stage.server.joined_with) - joins
        assert (least, most) == (1, 2)
        assert hour_s / ROTATION_S[1] - 1 <= rotations <= hour_s / ROTATION_S[0]
        # Rotation is no epoch: only the scheduled passes of that hour were made, for each of the two feeds.
        assert stage.meter.reads["last"] - passes <= 2 * hour_s / 60.0 + 2
        await stage.wait(3.0)
        stage.demand_equal()

    play_scene(scene, Want("ann", "open"), Want("ann"))


def test_a_subscription_that_died_silently_is_replaced_by_the_next_rotation() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(70.0)
        stage.server.forget_all()
        await stage.wait(QUIET_STREAM_S[1] + 5.0)
        passes = stage.meter.reads["last"]
        stage.put(1)
        await stage.wait(3.0)
        assert stage.shown() == {(1,)}
        assert stage.meter.reads["last"] == passes

    play_scene(scene)


def test_one_connection_serves_every_filter_of_one_identity_and_none_serves_two() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(5.0)
        heard = sorted(connection.identity for connection in stage.server.connections)
        assert heard == ["ann", "bob"]

    play_scene(scene, Want("ann", "open"), Want("ann"), Want("ann", None, 5), Want("bob"))
