"""Tokens that begin to name somebody else, at awkward moments."""

from __future__ import annotations

from rtwidget.errors import PermissionDeniedError
from tests.sim.backend import Session
from tests.sim.plan import Want
from tests.sim.stage import Stage, play_scene


def test_a_table_whose_feed_ends_while_it_joins_it_finds_another() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, owner="bob")
        first, second = stage.users
        stage.backend.network.refusing = PermissionDeniedError("No.", code="42501")
        second.close()
        await stage.wait(5.0)
        assert stage.state() == "failed"
        stage.backend.network.refusing = None
        second.session = Session("ann")
        second.open()
        await stage.wait(5.0)
        # It moves to the failed feed and starts it again, but the owner of that has become somebody else.
        first.session.identity, second.session.identity = "ann", "bob"
        second.attachment.refresh()
        await stage.wait(20.0)
        stage.demand_equal()
        assert (stage.shown(0), stage.shown(1)) == (set(), {(1,)})

    play_scene(scene, Want("bob", "open"), Want("bob", "open"))
