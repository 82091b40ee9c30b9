"""Clause 4 of the rule (passes), on generated schedules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.reads_in_flight import Chain, Pass
from tests.property.replica.model.events import PageAnswered, PassCompleted
from tests.property.replica.model.schedules import Schedule, play, schedules
from tests.property.replica.model.settle import run_pass


def _completed(schedule: Schedule) -> list[PassCompleted]:
    world = play(schedule)
    run_pass(world)
    passes = [event for event in world.log if isinstance(event, PassCompleted)]
    return [event for event in passes if event.of is event.before.running]


def _pages(schedule: Schedule) -> list[PageAnswered]:
    return [event for event in play(schedule).log if isinstance(event, PageAnswered)]


@given(schedules())
def test_clause_4_a_completed_pass_removes_exactly_the_rows_older_than_its_start(
    schedule: Schedule,
) -> None:
    for event in _completed(schedule):
        older = {k for k, stamp in event.before.stamps.items() if stamp < event.of.start}
        assert event.after.rows.keys() == event.before.rows.keys() - older
        assert event.delta.removed == older
        assert not event.delta.inserted
        assert not event.delta.updated


@given(schedules())
def test_clause_4_a_completed_pass_cleans_every_key_that_was_dirty_at_its_start(
    schedule: Schedule,
) -> None:
    for event in _completed(schedule):
        later = {k: at for k, at in event.before.dirty.items() if at > event.of.start}
        assert event.after.dirty == later


@given(schedules())
def test_clause_4_a_completed_pass_moves_the_floor_to_its_start(schedule: Schedule) -> None:
    for event in _completed(schedule):
        assert event.after.floor == event.of.start
        assert event.after.floor > event.before.floor
        assert event.after.running is None


@given(schedules())
def test_clause_4_a_pass_satisfies_only_what_was_wanted_before_it_began(schedule: Schedule) -> None:
    for event in _completed(schedule):
        want = event.before.want
        later = want if want is not None and want > event.of.start else None
        assert event.after.want == later


@given(schedules())
def test_clause_4_pages_stamp_with_their_own_start(schedule: Schedule) -> None:
    for event in _pages(schedule):
        changed = {k for k, at in event.after.stamps.items() if event.before.stamps.get(k) != at}
        assert {event.after.stamps[key] for key in changed} <= {event.read.start}
        newer = {
            key
            for key in event.rows
            if max(event.before.stamps.get(key, 0), event.before.gone.get(key, 0))
            > event.read.start
        }
        if event.read.of is event.before.running:
            assert changed == event.rows.keys() - newer


@given(schedules())
def test_clause_4_each_page_continues_after_the_last_key_the_server_returned(
    schedule: Schedule,
) -> None:
    for event in _pages(schedule):
        if event.read.of is event.before.running:
            assert event.next == (event.asked if event.last is None else event.last)


@given(schedules())
def test_clause_4_a_pass_is_complete_only_when_each_of_its_chains_has_ended(
    schedule: Schedule,
) -> None:
    world = play(schedule)
    run_pass(world)
    ended = {
        id(page.read.chain)
        for page in world.log
        if isinstance(page, PageAnswered) and page.last is None
    }
    for event in world.log:
        if isinstance(event, PassCompleted) and event.of is event.before.running:
            assert {id(chain) for chain in event.of.chains} <= ended


@given(bounds=st.lists(st.integers(0, 9)), after=st.integers(0, 9), until=st.integers(0, 9))
def test_clause_4_the_ranges_of_a_split_cover_what_was_left_whatever_the_bounds(
    bounds: list[int], after: int, until: int
) -> None:
    running = Pass(1, [Chain((after,), (until,))])
    running.split([(bound,) for bound in bounds], range(len(bounds) + 1))
    ranges = [(chain.after or (), chain.until or ()) for chain in running.chains]
    for number in range(after + 1, until + 1):
        assert any(low < (number,) <= high for low, high in ranges)


@given(schedules())
def test_clause_4_answers_of_an_abandoned_pass_change_nothing(schedule: Schedule) -> None:
    for event in play(schedule).log:
        match event:
            case PageAnswered(before=before, after=after, delta=delta):
                abandoned = event.read.of is not before.running
            case PassCompleted(before=before, after=after, delta=delta):
                abandoned = event.of is not before.running
            case _:
                continue
        if abandoned:
            assert (after.rows, after.dirty, after.floor) == (
                before.rows,
                before.dirty,
                before.floor,
            )
            assert after.want == before.want
            assert not delta
