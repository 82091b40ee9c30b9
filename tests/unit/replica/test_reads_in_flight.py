"""Reads of a key one at a time, passes in several chains, and pages that are taken in steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.keys import Key
from rtwidget.replica.reads_in_flight import Chain, Pass
from rtwidget.replica.rules import Replica
from tests.property.replica.model.dict_rows import DictRows

ONE, TWO, THREE, FOUR = (1,), (2,), (3,), (4,)


@pytest.fixture
def store() -> DictRows:
    return DictRows()


@pytest.fixture
def replica(store: DictRows) -> Replica:
    return Replica(store)


def test_a_split_goes_on_where_the_chain_stood_and_ends_where_it_would_have_ended() -> None:
    running = Pass(1, [Chain(ONE, FOUR)])
    running.split([TWO, THREE], [7, 8, 9])
    assert running.chains[0].after == ONE
    assert [(chain.after, chain.until) for chain in running.chains[1:]] == [
        (TWO, THREE),
        (THREE, FOUR),
    ]
    assert [chain.area for chain in running.chains] == [7, 8, 9]


def test_a_pass_is_not_complete_while_one_of_its_chains_goes_on(
    replica: Replica, store: DictRows
) -> None:
    running = replica.begin_pass()
    running.split([TWO], store.areas(3)[:-1])
    replica.complete_page(replica.begin_page(running, 1), {}, None)
    with pytest.raises(ValueError, match="has not ended"):
        replica.complete_pass(running)
    replica.complete_page(replica.begin_page(running, 0), {}, None)
    replica.complete_pass(running)
    assert replica.running is None


def test_rows_stand_in_the_order_of_the_ranges_whichever_comes_first(
    replica: Replica, store: DictRows
) -> None:
    running = replica.begin_pass()
    replica.complete_page(replica.begin_page(running), {ONE: (1, "first page")}, ONE)
    running.split([TWO], store.areas(3)[:-1])
    replica.complete_page(replica.begin_page(running, 1), {THREE: (3, "second range")}, THREE)
    replica.complete_keys(replica.begin_keys([FOUR]), {FOUR: (4, "came meanwhile")}, whole=True)
    replica.complete_page(replica.begin_page(running, 0), {TWO: (2, "first range")}, TWO)
    assert store.in_order() == [ONE, TWO, THREE, FOUR]


def test_a_page_taken_in_steps_is_under_way_until_the_last(
    replica: Replica, store: DictRows
) -> None:
    page = replica.begin_page(replica.begin_pass())
    assert replica.take_rows(page, {ONE: (1, "one")}).inserted == {ONE}
    read = replica.begin_keys([ONE, TWO])
    replica.complete_keys(read, {}, whole=True)
    assert not replica.complete_page(page, {TWO: (2, "two")}, TWO)
    assert (store.rows, replica.gone) == ({}, {})


def test_the_pages_of_an_abandoned_pass_keep_no_removal_in_mind(replica: Replica) -> None:
    page = replica.begin_page(replica.begin_pass())
    replica.give_up(page.of)
    replica.complete_keys(replica.begin_keys([ONE]), {}, whole=True)
    assert replica.gone == {}
    assert not replica.complete_page(page, {ONE: (1, "old")}, ONE)


@given(st.integers(0, 50), st.integers(1, 50))
def test_pages_that_go_round_in_a_circle_are_found_soon(before: int, length: int) -> None:
    chain, pages = Chain(), 0
    ends: list[Key] = [(number,) for number in range(before + length)]
    while not chain.goes_round(
        ends[pages if pages < before else before + (pages - before) % length]
    ):
        pages += 1
    assert before + length <= pages <= 4 * (before + length)


@given(st.integers(1, 200))
def test_pages_that_go_on_are_no_circle(pages: int) -> None:
    chain = Chain()
    assert not any(chain.goes_round((number,)) for number in range(pages))


def test_an_interrupted_pass_goes_on_where_its_chains_stood(
    replica: Replica, store: DictRows
) -> None:
    store.put(FOUR, (4,), 0)
    running = replica.begin_pass()
    replica.complete_page(replica.begin_page(running), {ONE: (1,)}, ONE)
    assert not running.chains[0].goes_round(ONE)
    replica.begin_page(running)
    replica.interrupt(running)
    assert replica.running is running
    assert running.chains[0].after == ONE
    # The page that was under way comes again, which is no circle.
    assert not running.chains[0].goes_round(ONE)
    replica.complete_page(replica.begin_page(running), {TWO: (2,)}, None)
    assert replica.complete_pass(running).removed == {FOUR}
    replica.interrupt(running)
    assert replica.running is None


def test_a_row_that_is_left_to_a_read_of_its_key_is_dirty_and_not_swept(
    replica: Replica, store: DictRows
) -> None:
    store.put(ONE, (1,), 0)
    store.put(TWO, (2,), 0)
    running = replica.begin_pass()
    replica.skip(running, ONE)
    replica.complete_page(replica.begin_page(running), {}, None)
    assert replica.complete_pass(running).removed == {TWO}
    assert store.row(ONE) == (1,)
    assert replica.dirty_keys(10, 100) == [ONE]
    assert replica.dirty_keys(10, 100, without={ONE}) == []


def test_two_reads_of_one_key_at_a_time_are_refused_as_a_whole(replica: Replica) -> None:
    replica.begin_keys([ONE])
    with pytest.raises(ValueError, match="is being read already"):
        replica.begin_keys([ONE, TWO])
    replica.begin_keys([TWO])
