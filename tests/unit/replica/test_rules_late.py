"""Answers that come too late for the rule, and what came back after it had gone."""

from __future__ import annotations

from rtwidget.replica.delta import Delta
from rtwidget.replica.rules import Replica
from tests.property.replica.model.dict_rows import DictRows

ONE = (1,)


def test_a_read_that_began_before_the_last_completed_pass_changes_nothing() -> None:
    store = DictRows()
    replica = Replica(store)
    replica.invalidate([ONE])
    late = replica.begin_keys([ONE])
    running = replica.begin_pass()
    replica.complete_page(replica.begin_page(running), {ONE: (1, "new")}, None)
    replica.complete_pass(running)
    assert not replica.complete_keys(late, {ONE: (1, "old")}, whole=True)
    assert store.rows == {ONE: (1, "new")}


def test_the_end_of_a_pass_that_was_abandoned_sweeps_nothing() -> None:
    store = DictRows()
    replica = Replica(store)
    replica.complete_keys(replica.begin_keys([ONE]), {ONE: (1, "one")}, whole=True)
    abandoned = replica.begin_pass()
    replica.begin_pass()
    assert not replica.complete_pass(abandoned)
    assert store.rows == {ONE: (1, "one")}


def test_a_row_that_went_and_came_back_may_differ_in_every_column() -> None:
    total = Delta(removed={ONE})
    total.merge(Delta(inserted={ONE}))
    assert total == Delta(updated={ONE: frozenset()})
