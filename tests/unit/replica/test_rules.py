"""Exact cases of the rule that a generated schedule meets only by luck."""

from __future__ import annotations

import pytest

from rtwidget.replica.rules import Replica
from tests.property.replica.model.dict_rows import DictRows

ONE, TWO, THREE = (1,), (2,), (3,)


def run_pass(replica: Replica) -> None:
    running = replica.begin_pass()
    replica.complete_page(replica.begin_page(running), {}, None)
    replica.complete_pass(running)


@pytest.fixture
def store() -> DictRows:
    return DictRows()


@pytest.fixture
def replica(store: DictRows) -> Replica:
    return Replica(store)


def test_a_row_that_was_not_asked_for_is_stored_as_well(replica: Replica, store: DictRows) -> None:
    replica.invalidate([ONE])
    read = replica.begin_keys([ONE])
    delta = replica.complete_keys(read, {TWO: (2, "two")}, whole=True)
    assert store.rows == {TWO: (2, "two")}
    assert delta.inserted == {TWO}
    assert replica.dirty == {}


def test_an_answer_without_any_row_is_whole_because_no_cap_cuts_to_nothing(
    replica: Replica, store: DictRows
) -> None:
    replica.complete_keys(replica.begin_keys([ONE]), {ONE: (1, "old")}, whole=True)
    replica.invalidate([ONE])
    delta = replica.complete_keys(replica.begin_keys([ONE]), {}, whole=False)
    assert (store.rows, delta.removed, replica.dirty) == ({}, {ONE}, {})


def test_a_page_that_began_before_a_removal_does_not_bring_the_row_back(
    replica: Replica, store: DictRows
) -> None:
    page = replica.begin_page(replica.begin_pass())
    read = replica.begin_keys([ONE])
    replica.complete_keys(read, {}, whole=True)
    assert replica.gone == {ONE: read.start}
    replica.complete_page(page, {ONE: (1, "old")}, ONE)
    assert store.rows == {}
    assert replica.gone == {}


def test_a_page_that_began_after_a_removal_stores_the_row_again(
    replica: Replica, store: DictRows
) -> None:
    running = replica.begin_pass()
    older = replica.begin_page(running)
    replica.complete_keys(replica.begin_keys([ONE]), {}, whole=True)
    replica.complete_page(replica.begin_page(running), {ONE: (1, "new")}, ONE)
    assert store.rows == {ONE: (1, "new")}
    replica.fail(older)
    assert replica.gone == {}


def test_a_key_read_removes_nothing_that_a_newer_page_has_seen(
    replica: Replica, store: DictRows
) -> None:
    read = replica.begin_keys([ONE])
    page = replica.begin_page(replica.begin_pass())
    replica.complete_page(page, {ONE: (1, "new")}, ONE)
    delta = replica.complete_keys(read, {}, whole=True)
    assert store.rows == {ONE: (1, "new")}
    assert not delta


def test_an_equal_row_is_verified_without_being_a_change(replica: Replica, store: DictRows) -> None:
    first = replica.begin_keys([ONE])
    replica.complete_keys(first, {ONE: (1, "same")}, whole=True)
    second = replica.begin_keys([ONE])
    assert not replica.complete_keys(second, {ONE: (1, "same")}, whole=True)
    assert store.stamps == {ONE: second.start}


def test_a_pass_counts_rows_and_continues_after_the_servers_last_key(replica: Replica) -> None:
    running = replica.begin_pass()
    # The server's last key is not the greatest by Python's order, and need not be: collations differ.
    replica.complete_page(replica.begin_page(running), {("b",): ("b",), ("B",): ("B",)}, ("B",))
    assert (running.chains[0].after, running.rows) == (("B",), 2)
    replica.complete_page(replica.begin_page(running), {}, None)
    assert (running.chains[0].after, running.rows) == (("B",), 2)


def test_giving_up_another_pass_leaves_the_running_one_alone(replica: Replica) -> None:
    abandoned = replica.begin_pass()
    running = replica.begin_pass()
    replica.give_up(abandoned)
    assert replica.running is running


def test_giving_up_a_scheduled_pass_wants_one(replica: Replica) -> None:
    run_pass(replica)
    before = replica.want
    scheduled = replica.begin_pass()
    assert before is None
    replica.give_up(scheduled)
    assert replica.want is not None
    assert replica.want_reason == "the last pass was given up"


def test_giving_up_keeps_the_moment_from_which_a_pass_is_wanted(replica: Replica) -> None:
    replica.invalidate_all("gap")
    wanted = replica.want
    replica.give_up(replica.begin_pass())
    assert (replica.want, replica.want_reason) == (wanted, "gap")


def test_a_read_that_is_under_way_at_a_reset_still_holds_its_key(replica: Replica) -> None:
    read = replica.begin_keys([ONE])
    replica.reset("identity")
    assert replica.want_reason == "identity"
    replica.invalidate([ONE])
    assert replica.dirty_keys(10, 4000) == []
    replica.fail(read)
    assert replica.dirty_keys(10, 4000) == [ONE]


def test_a_reset_with_other_columns_goes_on_in_another_store(
    replica: Replica, store: DictRows
) -> None:
    replica.complete_keys(replica.begin_keys([ONE]), {ONE: (1, "old")}, whole=True)
    other = DictRows()
    replica.reset("columns", other)
    replica.complete_keys(replica.begin_keys([ONE]), {ONE: (1, "new", 3)}, whole=True)
    assert (store.rows, other.rows) == ({}, {ONE: (1, "new", 3)})
