"""Outages that not everybody sees alike: one table is locked, the one that noticed is closed, the database comes and goes."""

from __future__ import annotations

import pytest

from rtwidget.errors import PermissionDeniedError
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene
from tests.sim.scenes.test_outages import QUIET, until_state
from tests.sim.servers.outage import NOTICED_S


@pytest.mark.parametrize("how", ["pause", "close"])
def test_an_outage_is_remembered_when_the_table_that_noticed_is_gone(how: str) -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(103.0)
        joins, noticed = len(stage.server.joined_with), stage.users[0].attachment
        stage.outage.begin()
        noticed.refresh()
        await until_state(stage, "offline", 5.0)
        if how == "pause":
            noticed.pause()
        else:
            await noticed.close()
        stage.outage.end()
        await stage.wait(15.0)
        assert len(stage.server.joined_with) == joins + 1
        assert stage.state(1) == "live"

    play_scene(scene, QUIET, Want("bob", verify_every_s=600.0))


@pytest.mark.parametrize("read", [False, True])
def test_a_table_that_is_locked_costs_the_others_nothing(*, read: bool) -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        stage.backend.network.faults.locked = "ann"
        if read:
            stage.users[0].attachment.refresh()
        for _ in range(600):
            await stage.wait(0.1)
            assert (stage.state(1), stage.state(2)) == ("live", "live")
        stage.backend.network.faults.locked = None
        await until_state(stage, "live", 30.0)
        await stage.wait(5.0)
        for user in stage.users:
            assert user.attachment.stats.connections == 1

    others = [Want("bob", status, verify_every_s=600.0) for status in ("open", None)]
    play_scene(scene, QUIET, *others)


def test_rows_that_may_no_longer_be_read_are_not_called_live() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(100.0)
        stage.backend.network.refusing = PermissionDeniedError("The role may not read items.")
        await until_state(stage, "failed", NOTICED_S)

    play_scene(scene, QUIET)


def test_a_database_that_comes_and_goes_costs_few_connections() -> None:
    async def scene(stage: Stage) -> None:
        await stage.wait(100.0)
        joins = len(stage.server.joined_with)
        for _ in range(60):
            stage.backend.network.down = True
            await stage.wait(1.0)
            stage.users[0].attachment.refresh()
            await stage.wait(1.0)
            stage.backend.network.down = False
            stage.users[0].attachment.refresh()
            await stage.wait(3.0)
        assert len(stage.server.joined_with) - joins <= 2 * 14
        await until_state(stage, "live", 70.0)
        await until_state(stage, "live", 70.0, 1)

    play_scene(scene, QUIET, Want("bob", verify_every_s=600.0))
