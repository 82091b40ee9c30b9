"""Tokens that begin to name somebody else, at awkward moments."""

from __future__ import annotations

from rtwidget.errors import ConnectionLostError, PermissionDeniedError
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene
from tests.sim.servers.tokens import Session


class Emptied:
    """What the second table shows at the moment when it is said to be empty."""

    attentive = False

    def __init__(self, stage: Stage) -> None:
        self.seen: list[set[Key]] = []
        self._stage = stage
        stage.users[1].attachment.followers.append(self)

    def changed(self, delta: Delta) -> None:
        assert self.seen, "Rows changed before the first ones had gone."

    def told(self, status: Status) -> None: ...

    def emptied(self) -> None:
        if not self.seen:
            self.seen.append(self._stage.shown(1))


def test_a_table_whose_owner_changed_leaves_the_failed_feed_that_another_joins() -> None:
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
        # It is asked before the next join, moves to the failed feed and starts it again, but the owner of that has become somebody else.
        first.session.identity, second.session.identity = "ann", "bob"
        stage.server.close_all(ConnectionLostError("Gone.", code="1006"))
        await stage.wait(20.0)
        stage.demand_equal()
        assert (stage.shown(0), stage.shown(1)) == (set(), {(1,)})

    play_scene(scene, Want("bob", "open"), Want("bob", "open"))


def test_a_table_that_shares_a_feed_leaves_it_alone_when_its_own_token_names_somebody_else() -> (
    None
):
    async def scene(stage: Stage) -> None:
        stage.put(1, owner="ann")
        stage.put(2, owner="bob")
        first, second = stage.users
        second.close()
        second.session = Session("ann")
        second.open()
        await stage.wait(65.0)
        assert stage.oracle(0) is stage.oracle(1)
        emptied = Emptied(stage)
        second.session.identity = "bob"
        await stage.wait(40.0)
        assert (stage.shown(0), stage.shown(1)) == ({(1,)}, {(2,)})
        assert emptied.seen == [set()]
        assert first.attachment.status.state.value == "live"
        stage.demand_equal()

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_a_token_is_asked_for_when_the_stream_of_a_shared_feed_is_live_again() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(2, owner="bob")
        _, second = stage.users
        second.close()
        second.session = Session("ann")
        second.open()
        await stage.wait(5.0)
        second.session.identity = "bob"
        stage.server.close_all(ConnectionLostError("Gone.", code="1006"))
        # Less than any wait between two questions.
        await stage.wait(8.0)
        assert stage.shown(1) == {(2,)}

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))
