"""What a table tells reaches every follower, also where one of them leaves at once."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.feed.follower import Followers
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import State

DELTA = Delta(inserted={(1,)})
STATUS = Status(State.LIVE, datetime(2024, 2, 29, tzinfo=UTC))


class Leaving:
    """Leaves as soon as it is told anything."""

    def __init__(self, followers: Followers, *, attentive: bool = False) -> None:
        self.attentive = attentive
        self.heard: list[object] = []
        self._followers = followers

    def changed(self, delta: Delta) -> None:
        self._note(delta)

    def told(self, status: Status) -> None:
        self._note(status)

    def emptied(self) -> None:
        self._note("emptied")

    def _note(self, what: object) -> None:
        self.heard.append(what)
        self._followers.remove(self)


def test_one_that_leaves_takes_nothing_from_the_next() -> None:
    followers = Followers()
    both = [Leaving(followers), Leaving(followers)]
    followers.extend(both)
    followers.changed(DELTA)
    assert followers == []
    followers.extend(both)
    followers.told(STATUS)
    followers.extend(both)
    followers.emptied()
    assert [one.heard for one in both] == [[DELTA, STATUS, "emptied"]] * 2


def test_one_that_looks_is_enough() -> None:
    followers = Followers()
    assert not followers.attentive
    followers.append(Leaving(followers))
    assert not followers.attentive
    followers.append(Leaving(followers, attentive=True))
    assert followers.attentive
