"""Dirty keys, in which order and how many at once they are read, and when a pass is wanted instead."""

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
def replica() -> Replica:
    return Replica(DictRows())


def test_a_new_replica_wants_its_first_pass(replica: Replica) -> None:
    assert replica.want is not None
    assert replica.want_reason == "first"
    run_pass(replica)
    assert replica.want is None


def test_the_reason_of_the_latest_gap_is_kept(replica: Replica) -> None:
    replica.invalidate_all("heartbeat missed")
    assert replica.want_reason == "heartbeat missed"


def test_keys_that_are_dirty_longest_are_read_first(replica: Replica) -> None:
    replica.invalidate([ONE])
    replica.invalidate([TWO])
    replica.invalidate([ONE])
    replica.invalidate([THREE])
    assert replica.dirty_keys(2, 4000) == [ONE, TWO]


def test_a_batch_holds_at_most_so_many_keys(replica: Replica) -> None:
    replica.invalidate([(number,) for number in range(300)])
    assert len(replica.dirty_keys(200, 4000)) == 200
    assert replica.dirty_keys(0, 4000) == []


def test_a_batch_holds_at_most_so_many_bytes_but_always_one_key(replica: Replica) -> None:
    long = [("x" * 17, number) for number in range(3)]
    replica.invalidate(long)
    assert replica.dirty_keys(200, 48) == long[:2]
    assert replica.dirty_keys(200, 47) == long[:1]
    assert replica.dirty_keys(200, 1) == long[:1]


def test_more_dirty_keys_than_are_worth_it_become_one_wanted_pass(
    replica: Replica,
) -> None:
    replica.invalidate([ONE, TWO])
    replica.overflow("flood")
    assert not replica.dirty
    assert replica.want is not None
    run_pass(replica)
    assert replica.want is None
