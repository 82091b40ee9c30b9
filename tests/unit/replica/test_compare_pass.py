"""Compare passes: equal versions are verified, others become dirty, and are seen."""

from __future__ import annotations

from rtwidget.replica.compare_pass import take_versions
from rtwidget.replica.keys import Cell, Key
from rtwidget.replica.reads_in_flight import PageRead, Pass
from rtwidget.replica.rules import Replica
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.rows import KeyedRows

ONE: Key = (1,)
TWO: Key = (2,)
THREE: Key = (3,)
VERSION = 1


def complete_versions(
    replica: Replica, page: PageRead, versions: dict[Key, Cell], last: Key | None
) -> None:
    take_versions(replica, page, versions, VERSION)
    replica.complete_page(page, {}, last)


def end(replica: Replica, running: Pass) -> None:
    replica.complete_page(replica.begin_page(running), {}, None)


def loaded() -> tuple[Replica, KeyedRows]:
    rows = KeyedRows(Schema((Column("id"), Column("version")), ("id",)))
    replica = Replica(rows)
    running = replica.begin_pass()
    page = replica.begin_page(running)
    replica.complete_page(page, {ONE: (1, 10), TWO: (2, 10)}, TWO)
    end(replica, running)
    replica.complete_pass(running)
    return replica, rows


def test_equal_rows_are_verified_different_and_unknown_ones_read_again_and_missing_ones_swept() -> (
    None
):
    replica, rows = loaded()
    running = replica.begin_pass()
    page = replica.begin_page(running)
    complete_versions(replica, page, {ONE: 10, THREE: 5}, THREE)
    assert list(replica.dirty) == [THREE]
    assert running.chains[0].after == THREE
    end(replica, running)
    delta = replica.complete_pass(running)
    assert delta.removed == {TWO}
    assert rows.seen(ONE) == page.start
    assert list(replica.dirty) == [THREE]


def test_a_row_with_another_version_stays_until_it_is_read_again() -> None:
    replica, rows = loaded()
    running = replica.begin_pass()
    page = replica.begin_page(running)
    complete_versions(replica, page, {ONE: 11, TWO: 10}, TWO)
    end(replica, running)
    assert not replica.complete_pass(running)
    assert rows.row(ONE) == (1, 10)
    read = replica.begin_keys(replica.dirty_keys(10, 1000))
    delta = replica.complete_keys(read, {ONE: (1, 11)}, whole=True)
    assert delta.updated == {ONE: frozenset({VERSION})}
    assert not replica.dirty


def test_an_abandoned_compare_pass_changes_nothing() -> None:
    replica, rows = loaded()
    running = replica.begin_pass()
    page = replica.begin_page(running)
    seen = rows.seen(ONE)
    replica.begin_pass()
    complete_versions(replica, page, {ONE: 11}, ONE)
    assert not replica.dirty
    assert rows.seen(ONE) == seen


def test_a_row_that_was_read_again_meanwhile_keeps_its_own_stamp() -> None:
    replica, rows = loaded()
    running = replica.begin_pass()
    page = replica.begin_page(running)
    complete_versions(replica, page, {ONE: 10, TWO: 10}, TWO)
    replica.invalidate([ONE])
    read = replica.begin_keys([ONE])
    replica.complete_keys(read, {ONE: (1, 11)}, whole=True)
    end(replica, running)
    replica.complete_pass(running)
    assert rows.stamp(ONE) == rows.seen(ONE) == read.start
    assert rows.seen(TWO) == page.start


def test_an_older_read_of_keys_takes_no_row_that_a_compare_pass_has_seen_since() -> None:
    replica, rows = loaded()
    replica.invalidate([ONE, TWO])
    read = replica.begin_keys([ONE, TWO])
    running = replica.begin_pass()
    page = replica.begin_page(running)
    complete_versions(replica, page, {ONE: 10, TWO: 10}, TWO)
    # TWO was hidden by a policy when the older read looked, and shown again when the page did.
    assert not replica.complete_keys(read, {ONE: (1, 10)}, whole=True)
    end(replica, running)
    assert not replica.complete_pass(running)
    assert rows.seen(ONE) == rows.seen(TWO) == page.start
    assert not replica.dirty
