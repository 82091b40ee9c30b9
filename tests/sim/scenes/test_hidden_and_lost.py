"""A difference wants a pass at once; only a visible change that nothing announced doubts the stream, and then make before break."""

from __future__ import annotations

from collections import Counter

from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene

QUIET = Want("ann", verify_every_s=600.0)


async def watched(stage: Stage, length_s: float) -> Counter[str]:
    """Let time pass, and return the states that it was seen in, every 0.1 s."""
    seen: Counter[str] = Counter()
    for _ in range(round(length_s * 10)):
        await stage.wait(0.1)
        seen.update(stage.state(place) for place in range(len(stage.users)))
    return seen


def test_rows_that_a_policy_hides_go_soon_and_cost_nobody_the_stream() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(*range(10))
        await stage.wait(100.0)
        for number in range(5):
            stage.put(number, owner="bob")
            assert set(await watched(stage, 20.0)) == {"live"}
            assert (number,) not in stage.shown()
        for user in stage.users:
            # A stream that is only quiet may have been replaced meanwhile, which is no gap.
            assert (user.attachment.stats.connections, user.attachment.stats.losses_found) == (1, 0)

    play_scene(scene, QUIET, Want("ann", "open", verify_every_s=600.0))


def test_rows_that_are_hidden_while_others_come_go_as_soon() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.put(1, owner="bob")
        for number in range(2, 12):
            stage.put(number)
            await stage.wait(2.0)
        assert (1,) not in stage.shown()

    play_scene(scene, QUIET)


def test_a_visible_change_that_nothing_announced_has_the_stream_replaced_without_a_break() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2)
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        stage.server.forget_all()
        stage.put(1, score=7)
        assert set(await watched(stage, 60.0)) == {"live"}
        assert len(stage.server.joined_with) == joins + 1
        stage.put(2, score=8)
        await stage.wait(3.0)
        stage.demand_equal()

    play_scene(scene, Want("ann"))


def test_an_insert_that_nothing_announced_is_found_by_a_probe() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        stage.server.forget_all()
        stage.put(2)
        assert set(await watched(stage, 24.0)) == {"live"}
        assert stage.shown() == {(1,), (2,)}
        assert len(stage.server.joined_with) == joins + 1

    play_scene(scene, QUIET)


def test_a_doubted_stream_that_finds_no_other_is_not_called_live_for_long() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.server.forget_all()
        stage.server.faults.never_live = True
        stage.put(2)
        await stage.wait(30.0)
        assert stage.state() == "loading"
        await stage.wait(60.0)
        assert stage.state() in {"offline", "polling"}
        stage.server.faults.never_live = False
        await stage.wait(90.0)
        assert stage.state() == "live"

    play_scene(scene, QUIET)


def test_losses_that_go_on_cost_few_connections() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        stage.server.faults.drop_share = 1.0
        for number in range(2, 62):
            stage.put(number % 30 + 2, score=number)
            await stage.wait(20.0)
        # Rotation and the trust in quiet streams make some of them anyway.
        assert len(stage.server.joined_with) - joins <= 6 + 1200 // 120

    play_scene(scene, QUIET)


def test_a_burst_is_followed_by_passes_behind_the_silence_that_it_causes() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        for _ in range(150):
            stage.put(*range(100, 108))
            await stage.wait(0.02)
        await stage.wait(3.0)
        stage.server.faults.losing = True
        stage.put(2)
        await stage.wait(8.0)
        assert (2,) in stage.shown()
        stage.put(1, score=3)
        await stage.wait(50.0)
        stage.server.faults.losing = False
        await stage.wait(15.0)
        stage.demand_equal()
        assert len(stage.server.joined_with) == joins, (
            "A silence that is known is no reason for doubt."
        )

    play_scene(scene, QUIET)


def test_what_is_on_its_way_is_no_difference() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        passes, joins = stage.meter.reads["last"], len(stage.server.joined_with)
        for number in range(1000, 1600):
            stage.put(number)
            await stage.wait(0.3)
        assert stage.meter.reads["last"] == passes
        assert len(stage.server.joined_with) == joins

    play_scene(scene, QUIET)
