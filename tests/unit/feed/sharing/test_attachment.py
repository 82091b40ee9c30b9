"""How a table finds its feed: waits, failures, and another person's token."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.errors import AuthenticationError, IdentityChangedError, UnreachableError
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryTable
from tests.unit.feed.bench import (
    SCHEMA,
    Bench,
    Server,
    names,
    until,
    until_settled,
    until_state,
    until_true,
)


def test_a_token_that_cannot_be_had_yet_is_asked_for_again(workshop: Bench, server: Server) -> None:
    server.resolve_errors += [UnreachableError("No answer.", "Wait.", retry_after_s=60.0)]
    handle = workshop.open(server)
    until_true(handle, lambda: handle.status.attempt == 1, "A failed attempt")
    assert handle.status.state is State.CONNECTING
    assert handle.status.retry_at is not None
    assert handle.status.error is not None
    assert handle.snapshot().rows == ()
    handle.refresh()
    until(handle, {1: "one"})


def test_a_token_that_is_refused_fails_the_table_and_refresh_asks_again(
    workshop: Bench, server: Server
) -> None:
    server.resolve_errors.append(AuthenticationError("The function failed.", "Call it."))
    handle = workshop.open(server)
    until_state(handle, State.FAILED)
    with pytest.raises(AuthenticationError, match="The function failed"):
        handle.check()
    handle.refresh()
    until(handle, {1: "one"})


def test_a_table_that_failed_before_it_had_a_feed_looks_for_one_when_it_goes_on(
    workshop: Bench, server: Server
) -> None:
    server.resolve_errors.append(AuthenticationError("The function failed.", "Call it."))
    handle = workshop.open(server)
    until_state(handle, State.FAILED)
    handle.pause()
    until_state(handle, State.PAUSED)
    handle.resume()
    until(handle, {1: "one"})


def test_a_table_closed_while_it_looks_for_its_feed_holds_none(
    workshop: Bench, server: Server
) -> None:
    server.resolve_errors += [UnreachableError("No answer.", retry_after_s=60.0)]
    waiting = workshop.open(server)
    until_true(waiting, lambda: waiting.status.attempt == 1, "A failed attempt")
    waiting.close()
    assert waiting.status.state is State.CLOSED
    assert workshop.registry._feeds == {}

    server.resolving = asyncio.Event()
    resolving = workshop.open(server)
    resolving.close()
    workshop.do(server.resolving.set)
    assert resolving.status.state is State.CLOSED
    assert workshop.registry._feeds == {}
    assert not server.table.streams


class Diary:
    """Follows a table and writes down what it is told."""

    keeps_awake = False
    attentive = False

    def __init__(self) -> None:
        self.told_states: list[State] = []
        self.pages: list[str] = []

    def changed(self, delta: Delta) -> None:
        self.pages.append(f"+{sorted(map(str, delta.inserted))}")

    def told(self, status: Status) -> None:
        self.told_states.append(status.state)

    def emptied(self) -> None:
        self.pages.append("emptied")


def test_another_identity_empties_the_table_before_its_own_rows_come(
    workshop: Bench, server: Server
) -> None:
    handle, diary = workshop.open(server), Diary()
    handle.follow(diary)
    until_settled(handle)

    def become_bob() -> None:
        server.identity = "bob"
        server.table.rows.clear()
        server.table.rows[(2,)] = (2, "bobs")
        server.table.break_streams(UnreachableError("gone"))
        server.stream_errors.append(IdentityChangedError("Somebody else."))

    workshop.do(diary.pages.clear)
    workshop.do(become_bob)
    until(handle, {2: "bobs"})
    until_state(handle, State.LIVE)
    assert "emptied" in diary.pages
    assert diary.pages[-1] == "+['(2,)']"
    assert set(diary.pages[:-1]) == {"emptied"}
    assert State.CONNECTING in diary.told_states
    assert server.closed_sources == 1


def test_a_token_that_names_somebody_else_before_the_first_read_is_asked_anew(
    workshop: Bench, server: Server
) -> None:
    server.resolve_errors.append(IdentityChangedError("Somebody else."))
    handle = workshop.open(server)
    until(handle, {1: "one"})
    until_state(handle, State.LIVE)
    assert handle.status.error is None


def test_equal_requests_close_the_source_that_they_do_not_need(
    workshop: Bench, server: Server
) -> None:
    first, second = workshop.open(server), workshop.open(server)
    until(first, {1: "one"})
    until(second, {1: "one"})
    assert server.closed_sources == 1
    first.close()
    second.close()
    assert server.closed_sources == 2


def test_pause_and_resume_twice_are_once_and_a_closed_table_ignores_both(
    workshop: Bench, server: Server
) -> None:
    handle = workshop.open(server)
    until_state(handle, State.LIVE)
    handle.resume()
    handle.pause()
    handle.pause()
    until_state(handle, State.PAUSED)
    until_true(handle, lambda: not server.table.streams, "The stream left")
    workshop.do(server.table.put, (2, "two"))
    assert names(handle) == {1: "one"}
    handle.resume()
    until(handle, {1: "one", 2: "two"})
    handle.close()
    handle.pause()
    handle.resume()
    handle.refresh()
    assert handle.status.state is State.CLOSED
    assert names(handle) == {1: "one", 2: "two"}


def test_a_top_n_feed_reads_again_when_anything_is_announced(
    workshop: Bench, server: Server
) -> None:
    server.top = 2
    server.table = MemoryTable(SCHEMA)
    server.table.rows.update({(key,): (key, "row") for key in (5, 6, 7)})
    handle = workshop.open(server)
    until(handle, {5: "row", 6: "row"})
    until_state(handle, State.LIVE)
    workshop.do(server.table.put, (1, "first"))
    until(handle, {1: "first", 5: "row"})
    workshop.do(server.table.delete, (1,))
    until(handle, {5: "row", 6: "row"})
    assert server.asked_keys == []
