"""What users do at awkward moments, each a scene that a seed met first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rtwidget.errors import PermissionDeniedError
from tests.sim.checks.oracle import ViolationError
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import CALM, Stage, play_scene


def test_a_table_that_opens_while_the_last_of_its_stream_is_leaving_gets_notifications() -> None:
    async def scene(stage: Stage) -> None:
        stage.backend.leave_s = 2.0
        first, second = stage.users
        second.close()
        await stage.wait(80.0)
        first.close()
        await stage.wait(0.05)
        second.open()
        await stage.wait(5.0)
        assert stage.state(1) == "live"
        stage.put(1)
        await stage.wait(2.0)
        assert stage.shown(1) == {(1,)}

    play_scene(scene, Want("ann", "open"), Want("ann"))


def test_a_table_that_resumes_while_its_pause_is_still_leaving_goes_on() -> None:
    async def scene(stage: Stage) -> None:
        stage.backend.leave_s = 2.0
        await stage.wait(10.0)
        (user,) = stage.users
        user.pause()
        await stage.wait(0.5)
        user.attachment.resume()
        await stage.wait(5.0)
        assert stage.state() == "live"

    play_scene(scene)


def test_a_table_that_opens_while_the_same_feed_is_closing_reads_with_an_open_source() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(10.0)
        first, second = stage.users
        second.close()
        await stage.wait(1.0)
        second.open()
        # It has found the feed, and gives its own source back, when the first one closes.
        await stage.wait(0.025)
        first.close()
        await stage.wait(10.0)
        assert stage.state(1) == "live"

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_a_failed_table_that_was_paused_resumes_as_failed_and_a_refresh_starts_it_once() -> None:
    async def scene(stage: Stage) -> None:
        (user,) = stage.users
        stage.backend.network.refusing = PermissionDeniedError("No.", code="42501")
        await stage.wait(5.0)
        assert stage.state() == "failed"
        user.pause()
        await stage.wait(5.0)
        stage.backend.network.refusing = None
        user.attachment.resume()
        await stage.wait(5.0)
        user.attachment.refresh()
        await stage.wait(10.0)
        assert stage.state() == "live"
        reads = stage.meter.reads["last"]
        await stage.wait(10.0)
        assert stage.meter.reads["last"] - reads <= 1

    play_scene(scene)


def test_a_stream_that_begins_while_two_before_it_are_leaving_lives() -> None:
    async def scene(stage: Stage) -> None:
        stage.backend.leave_s = 2.0
        first, second, third = stage.users
        await stage.wait(10.0)
        second.close()
        third.close()
        await stage.wait(5.0)
        first.close()
        await stage.wait(0.1)
        second.open()
        await stage.wait(0.1)
        second.close()
        await stage.wait(0.1)
        third.open()
        await stage.wait(10.0)
        assert stage.state(2) == "live"
        stage.put(1)
        await stage.wait(2.0)
        assert stage.shown(2) == {(1,)}

    play_scene(scene, Want("ann", "open"), Want("ann"), Want("ann", None, 5))


def test_a_compare_pass_that_no_row_is_left_to_check_verifies_nothing() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2, 3)
        await stage.wait(70.0)
        stage.table.flip_column()
        stage.backend.network.faults.slow_s = 1.0
        stage.users[0].attachment.refresh()
        # Two pages of versions, each a second, and then the read of one row for its columns.
        await stage.wait(2.05)
        stage.table.truncate()
        await stage.wait(2.0)
        stage.backend.network.faults.slow_s = 0.0
        await stage.wait(10.0)
        stage.demand_equal()

    play_scene(scene, plan=replace(CALM, versions=True, row_bytes=400_000))


def test_the_oracle_sees_a_row_that_nothing_will_repair() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        stage.oracle().feed.state.rows.remove((1,))
        await stage.wait(1.0)

    with pytest.raises(ViolationError, match="nothing will repair it"):
        play_scene(scene)


def test_a_refresh_during_a_slow_pass_is_a_pass_that_follows_at_once() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2, 3)
        await stage.wait(70.0)
        stage.backend.network.faults.slow_s = 2.0
        stage.users[0].attachment.refresh()
        await stage.wait(7.0)
        stage.table.truncate()
        stage.users[0].attachment.refresh()
        stage.backend.network.faults.slow_s = 0.0
        await stage.wait(8.0)
        assert stage.shown() == set()

    play_scene(scene)
