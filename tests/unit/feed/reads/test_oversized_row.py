"""Rows of which not many come at once, or one not at all: the others are there, and what is missing is named."""

from __future__ import annotations

from rtwidget.errors import ReadTooLargeError, SourceError
from rtwidget.replica.budgets import MOST_OVERSIZED_ROWS, OVERSIZED_BASE_S
from rtwidget.replica.states.table_state import State
from tests.unit.feed.bench import (
    Bench,
    Server,
    names,
    until,
    until_settled,
    until_state,
    until_true,
)


def filled(rows: int) -> Server:
    server = Server()
    server.table.rows = {(number,): (number, "x") for number in range(10, 10 + rows)}
    return server


def said(error: object) -> str:
    return "" if error is None else str(error)


def test_all_rows_come_where_a_few_come_at_once(workshop: Bench) -> None:
    server = filled(40)
    server.most_rows = 3
    handle = workshop.open(server)
    until_settled(handle)
    assert len(names(handle)) == 40
    server.most_rows = 2
    workshop.do(server.table.put, *[(number, "y") for number in range(10, 30)])
    until(handle, {number: "y" if number < 30 else "x" for number in range(10, 50)})
    until_settled(handle)


def test_one_row_that_is_too_large_is_named_and_the_others_are_there(workshop: Bench) -> None:
    server = filled(40)
    server.heavy = {17}
    handle = workshop.open(server)
    until_true(handle, lambda: handle.stats.passes > 0, "A pass")
    assert names(handle).keys() == set(range(10, 50)) - {17}
    assert handle.status.state is State.OFFLINE
    assert "id = 17" in said(handle.status.error)
    assert "`columns=`" in said(handle.status.error)
    # Other rows go on, and do not make it live.
    workshop.do(server.table.put, (20, "y"))
    until_true(handle, lambda: names(handle)[20] == "y", "The update")
    assert handle.status.state is State.OFFLINE
    server.heavy.clear()
    handle.refresh()
    until_settled(handle)
    assert names(handle)[17] == "x"
    assert handle.status.error is None


def test_a_row_that_grew_stays_as_it_was_and_is_not_called_live(workshop: Bench) -> None:
    server = filled(5)
    handle = workshop.open(server)
    until_settled(handle)
    server.heavy = {12}
    workshop.do(server.table.put, (12, "large"), (13, "y"))
    until_true(handle, lambda: "id = 12" in said(handle.status.error), "Its name")
    until_true(handle, lambda: names(handle)[13] == "y", "The other row")
    assert names(handle)[12] == "x"
    assert handle.status.state is State.OFFLINE
    workshop.do(server.table.delete, (12,))
    handle.refresh()
    until_settled(handle)
    assert 12 not in names(handle)


def test_several_rows_are_named_one_after_the_other(workshop: Bench) -> None:
    server = filled(30)
    server.heavy = {11, 12, 30}
    handle = workshop.open(server)
    until_true(handle, lambda: handle.stats.passes > 0, "A pass")
    assert names(handle).keys() == set(range(10, 40)) - server.heavy
    server.heavy = {30}
    handle.refresh()
    until_true(handle, lambda: "id = 30" in said(handle.status.error), "The last one")
    until_true(handle, lambda: len(names(handle)) == 29, "The other rows")


def test_a_query_that_is_too_much_whatever_the_row_is_no_matter_of_rows(workshop: Bench) -> None:
    server = filled(60)
    server.heavy = set(range(10, 70))
    handle = workshop.open(server)
    until_true(handle, lambda: "id = 20" in said(handle.status.error), "The row after those")
    assert handle.stats.passes == 0
    waits = handle.status.retry_at
    assert waits is not None
    assert (waits - handle.status.since).total_seconds() > OVERSIZED_BASE_S / 2
    assert handle.status.state is State.OFFLINE
    assert len(handle._attachment._lease.feed.state.oversized) == MOST_OVERSIZED_ROWS  # type: ignore[union-attr]
    server.heavy.clear()
    handle.refresh()
    until_settled(handle)
    assert len(names(handle)) == 60


def test_what_only_reads_of_keys_do_not_give_is_read_by_passes(workshop: Bench) -> None:
    server = filled(5)
    handle = workshop.open(server)
    until_settled(handle)
    server.key_errors = [ReadTooLargeError("It took too long.") for _ in range(50)]
    workshop.do(server.table.put, (10, "y"), (11, "y"))
    until(handle, {10: "y", 11: "y", 12: "x", 13: "x", 14: "x"})
    until_state(handle, State.LIVE)


def test_an_interrupted_pass_goes_on_from_where_it_stood(workshop: Bench) -> None:
    server = filled(40)
    server.most_rows = 4
    handle = workshop.open(server)
    until_settled(handle)
    server.asked_after.clear()
    failures = [SourceError("The connection was lost.") for _ in range(4)]
    # The first four pages come, and the next ones do not.
    server.page_errors = [*[None] * 4, *failures]
    handle.refresh()
    until_true(handle, lambda: not server.page_errors, "Failures")
    until_settled(handle)
    assert server.asked_after.count(None) <= 2
