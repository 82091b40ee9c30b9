"""Tables of one user that share a feed with each other's tokens: the best one reads, and one that is dead fails its table alone."""

from __future__ import annotations

import pytest

from rtwidget.errors import AuthenticationError
from tests.sim.runs.plan import Want
from tests.sim.runs.stage import Stage, play_scene
from tests.sim.servers.tokens import Session

HOUR_S = 3600.0


def test_a_fresh_token_reads_while_a_table_of_the_same_user_failed_of_an_old_one() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        first, second = stage.users
        for user, lasts_s in ((first, -100.0), (second, HOUR_S)):
            user.close()
            user.session = Session("ann", lasts_s=lasts_s, fixed=True)
        await stage.wait(5.0)
        first.open()
        await stage.wait(5.0)
        assert stage.state(0) == "failed"
        second.open()
        await stage.wait(5.0)
        assert (stage.state(0), stage.state(1), stage.shown(1)) == ("failed", "live", {(1,)})
        first.attachment.refresh()
        await stage.wait(5.0)
        assert (stage.state(0), stage.state(1)) == ("failed", "live")
        first.close()
        stage.put(2)
        await stage.wait(5.0)
        assert (stage.state(1), stage.shown(1)) == ("live", {(1,), (2,)})

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_an_old_token_shows_nothing_of_what_a_fresh_one_of_the_same_user_reads() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        first = stage.users[0]
        first.close()
        first.session = Session("ann", lasts_s=-100.0, fixed=True)
        await stage.wait(5.0)
        first.open()
        states = await states_of(stage, 0, 5.0)
        assert states == {"connecting", "failed"}
        assert (stage.shown(0), stage.state(1), stage.shown(1)) == (set(), "live", {(1,)})
        # Its owner has a fresh one now.
        first.session.lasts_s, first.session.fixed = 90.0, False
        first.close()
        first.open()
        await stage.wait(5.0)
        assert (stage.shown(0), stage.state(0)) == ({(1,)}, "live")

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


async def states_of(stage: Stage, place: int, length_s: float) -> set[str]:
    """Return every state that a table is in for a while."""
    seen, loop = set[str](), stage.loop
    until = loop.time() + length_s
    while loop.time() < until:
        seen.add(stage.state(place))
        await stage.wait(0.01)
    return seen


@pytest.mark.parametrize("first_lasts_s", [25.0, HOUR_S])
@pytest.mark.parametrize("other", ["open", "done"])
def test_a_token_that_ends_fails_its_own_table_alone_and_without_a_gap(
    first_lasts_s: float, other: str
) -> None:
    """In either order, on one feed or on two that share a stream."""

    async def scene(stage: Stage) -> None:
        lasting = {25.0: HOUR_S, HOUR_S: 25.0}
        for user in stage.users:
            user.close()
        await stage.wait(5.0)
        for user, lasts_s in zip(stage.users, (first_lasts_s, lasting[first_lasts_s]), strict=True):
            user.session = Session("ann", f"{lasts_s:.0f} s", lasts_s=lasts_s, fixed=True)
            user.open()
            await stage.wait(5.0)
        short, long = (0, 1) if first_lasts_s < HOUR_S else (1, 0)
        stage.put(1, status="open")
        stage.put(2, status="done")
        await stage.wait(5.0)
        seen = set(stage.shown(short))
        assert [stage.state(short), stage.state(long)] == ["live", "live"]
        states = await states_of(stage, long, 90.0)
        assert (states, stage.state(short), stage.shown(short)) == ({"live"}, "failed", seen)
        # One join for both, which went on with the better token before the other ended.
        assert stage.server.joined_with[-1] == f"{first_lasts_s:.0f} s"
        assert stage.server.pushed_with == (["3600 s"] if short == 0 else [])
        stage.put(3, status="open")
        stage.put(4, status="done")
        await stage.wait(2.0)
        assert stage.shown(short) == seen
        assert len(stage.shown(long)) == 2

    play_scene(scene, Want("ann", "open"), Want("ann", other))


def test_a_function_that_gives_no_token_any_more_fails_its_own_table_alone() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        second = stage.users[1]
        second.close()
        second.session = Session("ann")
        second.open()
        await stage.wait(5.0)
        second.session.broken = AuthenticationError("Signed out.")
        states = await states_of(stage, 0, 150.0)
        assert (states, stage.state(1)) == ({"live"}, "failed")
        asked = second.session.asked
        await stage.wait(100.0)
        assert second.session.asked == asked
        second.session.broken = None
        second.attachment.refresh()
        await stage.wait(5.0)
        assert (stage.state(1), stage.shown(1)) == ("live", {(1,)})
        assert stage.oracle(0) is stage.oracle(1)

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_a_closed_tables_function_is_not_asked_any_more_and_others_go_on_without_a_gap() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        first, second = stage.users
        second.close()
        second.session = Session("ann", "second")
        second.open()
        await stage.wait(5.0)
        joins = len(stage.server.joined_with)
        first.close()
        asked = first.session.asked
        states = await states_of(stage, 1, 200.0)
        assert (states, first.session.asked) == ({"live"}, asked)
        # A quiet stream is replaced once in that time, before it ends.
        assert len(stage.server.joined_with) <= joins + 1
        assert set(stage.server.pushed_with[-3:]) == {"second"}

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_a_paused_table_whose_token_ended_fails_when_it_goes_on() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        second = stage.users[1]
        second.close()
        second.session = Session("ann", lasts_s=60.0, fixed=True)
        second.open()
        await stage.wait(5.0)
        second.pause()
        stage.put(2)
        await stage.wait(120.0)
        assert (stage.state(1), stage.shown(1)) == ("paused", {(1,)})
        second.attachment.resume()
        await stage.wait(5.0)
        assert (stage.state(0), stage.state(1), stage.shown(1)) == ("live", "failed", {(1,)})

    play_scene(scene, Want("ann", "open"), Want("ann", "open"))


def test_the_machine_sleeps_longer_than_every_token_lasts() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        second = stage.users[1]
        second.close()
        second.session = Session("ann", lasts_s=HOUR_S, fixed=True)
        second.open()
        await stage.wait(5.0)
        stage.loop.slept_s += 2 * HOUR_S
        stage.put(2)
        stage.server.go_silent(20.0)
        await stage.wait(60.0)
        assert [stage.state(place) for place in range(3)] == ["live", "failed", "live"]
        assert stage.shown(0) == stage.shown(2) == {(1,), (2,)}

    play_scene(scene, Want("ann", "open"), Want("ann", "open"), Want("ann", "open"))
