"""What a paused table keeps, what it forgets, and what it tells when it goes on."""

from __future__ import annotations

from rtwidget.errors import IdentityChangedError, UnreachableError
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import State
from tests.unit.feed.bench import Bench, Server, names, until, until_settled, until_state


class Listener:
    """Follows a table and collects what it hears of its rows."""

    keeps_awake = False
    attentive = False

    def __init__(self) -> None:
        self.heard: list[Delta] = []
        self.states: list[State] = []

    def changed(self, delta: Delta) -> None:
        self.heard.append(delta)

    def told(self, status: Status) -> None:
        self.states.append(status.state)

    def emptied(self) -> None: ...


def test_a_paused_table_forgets_the_rows_of_somebody_else(workshop: Bench, server: Server) -> None:
    paused, other = workshop.open(server), workshop.open(server)
    for handle in (paused, other):
        until_settled(handle)
    paused.pause()
    until_state(paused, State.PAUSED)
    assert names(paused) == {1: "one"}

    def become_bob() -> None:
        server.identity = "bob"
        server.table.rows.clear()
        server.table.rows[(2,)] = (2, "bobs")
        server.table.break_streams(UnreachableError("gone"))
        server.stream_errors.append(IdentityChangedError("Somebody else."))

    workshop.do(become_bob)
    until(other, {2: "bobs"})
    assert names(paused) == {}
    assert paused.status.state is State.PAUSED
    paused.resume()
    until(paused, {2: "bobs"})


def test_a_table_that_goes_on_tells_what_changed_meanwhile(workshop: Bench, server: Server) -> None:
    paused, other = workshop.open(server), workshop.open(server)
    for handle in (paused, other):
        until_settled(handle)
    listener = Listener()
    paused.follow(listener)
    paused.pause()
    until_state(paused, State.PAUSED)
    workshop.do(server.table.put, (1, "uno"), (2, "two"))
    until(other, {1: "uno", 2: "two"})
    until_settled(other)
    # What it looks up by key is what it shows.
    assert paused._attachment.rows_now().row((1,)) == (1, "one")
    assert paused._attachment.rows_now().row((2,)) is None
    assert other._attachment.rows_now().row((1,)) == (1, "uno")
    workshop.do(listener.heard.clear)
    paused.resume()
    until(paused, {1: "uno", 2: "two"})
    # Nothing will announce these again, so whoever follows has to hear of them now.
    (delta,) = [one for one in listener.heard if one]
    assert set(delta.inserted) == {(2,)}
    assert set(delta.updated) == {(1,)}


def test_rows_of_somebody_else_go_while_the_new_ones_are_looked_for(
    workshop: Bench, server: Server
) -> None:
    handle, listener = workshop.open(server), Listener()
    until_settled(handle)
    handle.follow(listener)

    def become_bob() -> None:
        server.identity = "bob"
        server.table.rows = {(2,): (2, "bobs")}
        server.table.break_streams(IdentityChangedError("Somebody else."))

    workshop.do(become_bob)
    until(handle, {2: "bobs"})
    assert State.CONNECTING in listener.states
