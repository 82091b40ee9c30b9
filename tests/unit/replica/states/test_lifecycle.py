"""The lifecycle against its whole transition table: 192 situations by 13 events, and the state of each situation."""

from __future__ import annotations

from enum import Enum
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.states.lifecycle import Data, Event, Hold, Lifecycle, Reads, Stream
from rtwidget.replica.states.table_state import Problem, State
from tests.unit.replica.states import transition_table as table

EVERY = [Lifecycle(*facets) for facets in product(Hold, Stream, Reads, Data)]


@pytest.mark.parametrize(
    ("enum", "row"),
    [
        (Hold, table.FromHold),
        (Stream, table.FromStream),
        (Reads, table.FromReads),
        (Data, table.FromData),
        (Data, table.Seen),
    ],
)
def test_every_member_of_a_facet_has_its_column(enum: type[Enum], row: type[tuple[object]]) -> None:
    assert getattr(row, "_fields") == tuple(member.value for member in enum)  # noqa: B009  (typed as any tuple)


def test_every_event_has_its_row() -> None:
    assert set(table.AFTER) == set(Event)


def test_every_situation_has_its_state() -> None:
    assert set(table.RUNNING) == set(product(Stream, Reads))
    assert set(table.HELD) | {Hold.RUNNING} == set(Hold)


def test_every_state_is_reached() -> None:
    assert {lifecycle.state for lifecycle in EVERY} == set(State)


@pytest.mark.parametrize("event", Event)
def test_every_transition_is_as_the_table_says(event: Event) -> None:
    row = table.AFTER[event]
    for before in EVERY:
        after = before.after(event)
        hold = getattr(row.hold, before.hold.value)
        stream = getattr(row.stream, before.stream.value)
        reads = getattr(row.reads, before.reads.value)
        gap = row.data_if_live if before.stream is Stream.LIVE else None
        data = getattr(gap or row.data, before.data.value)
        if before.hold is Hold.CLOSED:
            assert after == before
        elif before.hold is not Hold.RUNNING and hold is Hold.RUNNING:
            missed = getattr(table.GAP, before.data.value)
            assert after == Lifecycle(hold, Stream.OPENING, Reads.UNTRIED, missed)
        else:
            assert after == Lifecycle(hold, stream, reads, data)


@pytest.mark.parametrize("situation", EVERY, ids=str)
def test_every_state_is_as_the_table_says(situation: Lifecycle) -> None:
    if situation.hold is Hold.RUNNING:
        seen = table.RUNNING[situation.stream, situation.reads]
        assert situation.state is getattr(seen, situation.data.value)
    else:
        assert situation.state is table.HELD[situation.hold]


def test_a_new_table_is_connecting() -> None:
    assert Lifecycle().state is State.CONNECTING


@given(st.lists(st.sampled_from([event for event in Event if event is not Event.CLOSED])))
def test_no_state_but_closed_is_without_a_way_to_live(events: list[Event]) -> None:
    situation = Lifecycle()
    for event in [*events, Event.RETRIED, Event.STREAM_LIVE, Event.PASS_COMPLETED]:
        situation = situation.after(event)
    assert situation.state is State.LIVE


@given(st.lists(st.sampled_from(Event)))
def test_closed_is_the_end(events: list[Event]) -> None:
    closed = Lifecycle().after(Event.CLOSED)
    situation = closed
    for event in events:
        situation = situation.after(event)
    assert situation == closed
    assert situation.state is State.CLOSED


@given(st.lists(st.sampled_from(Event)), st.sampled_from([Event.PAUSED, Event.FAILED]))
def test_pausing_or_failing_keeps_the_rows_that_are_on_the_screen(
    events: list[Event], held: Event
) -> None:
    situation = Lifecycle()
    for event in events:
        situation = situation.after(event)
    assert situation.after(held).data is situation.data
    rows = situation.data is not Data.NONE
    assert (situation.after(held).after(Event.RETRIED).data is not Data.NONE) is rows


def test_a_problem_says_what_happened_and_may_say_what_to_do() -> None:
    assert Problem("No such table.") == Problem("No such table.", hint="")
