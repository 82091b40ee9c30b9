"""What happens during a read or a pass is newer than it, step by step."""

from __future__ import annotations

from rtwidget.replica.rules import Replica
from tests.property.replica.model.dict_rows import DictRows

ONE, TWO = (1,), (2,)


def test_a_notification_that_comes_during_a_read_keeps_its_key_dirty() -> None:
    replica = Replica(DictRows())
    replica.invalidate([ONE])
    read = replica.begin_keys([ONE])
    replica.invalidate([ONE])
    replica.complete_keys(read, {ONE: (1, "old")}, whole=True)
    assert replica.dirty_keys(10, 4000) == [ONE]
    replica.complete_keys(replica.begin_keys([ONE]), {ONE: (1, "new")}, whole=True)
    assert replica.dirty == {}


def test_a_notification_that_comes_during_a_pass_is_not_covered_by_it() -> None:
    replica = Replica(DictRows())
    replica.invalidate([ONE])
    running = replica.begin_pass()
    replica.invalidate([TWO])
    replica.complete_page(replica.begin_page(running), {}, None)
    replica.complete_pass(running)
    assert replica.dirty_keys(10, 4000) == [TWO]


def test_a_gap_that_is_seen_during_a_pass_wants_another() -> None:
    replica = Replica(DictRows())
    running = replica.begin_pass()
    replica.invalidate_all("gap")
    wanted = replica.want
    replica.complete_page(replica.begin_page(running), {}, None)
    replica.complete_pass(running)
    assert wanted is not None
    assert replica.want == wanted


def test_a_slow_page_replaces_nothing_that_a_newer_key_read_has_stored() -> None:
    rows = DictRows()
    replica = Replica(rows)
    slow = replica.begin_page(replica.begin_pass())
    fast = replica.begin_keys([ONE])
    replica.complete_keys(fast, {ONE: (1, "new")}, whole=True)
    assert not replica.complete_page(slow, {ONE: (1, "old")}, ONE)
    assert rows.rows == {ONE: (1, "new")}
    assert rows.stamps == {ONE: fast.start}


def test_a_reset_forgets_what_was_dirty_and_what_was_removed() -> None:
    replica = Replica(DictRows())
    slow = replica.begin_page(replica.begin_pass())
    replica.invalidate([ONE])
    replica.complete_keys(replica.begin_keys([ONE]), {}, whole=True)
    replica.invalidate([TWO])
    assert ONE in replica.gone
    assert TWO in replica.dirty
    replica.reset("identity")
    assert replica.gone == {}
    assert replica.dirty == {}
    replica.fail(slow)
