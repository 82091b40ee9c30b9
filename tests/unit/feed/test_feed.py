"""What a feed does when its source fails: what time mends, what needs the user, and what is a fault."""

from __future__ import annotations

import logging

import pytest

from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    KeyNotUniqueError,
    NotificationsUnavailableError,
    PermissionDeniedError,
    RtwidgetError,
    SourceError,
    UnreachableError,
)
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from tests.unit.feed.bench import (
    Bench,
    Server,
    names,
    until,
    until_happened,
    until_settled,
    until_state,
    until_true,
)

pytestmark = pytest.mark.usefixtures("short_waits")
WIDER = Schema((Column("id", "int8"), Column("name", "text"), Column("more")), ("id",))


def failure(handle: TableHandle) -> RtwidgetError:
    until_state(handle, State.FAILED)
    with pytest.raises(RtwidgetError) as caught:
        handle.check()
    return caught.value


def test_what_needs_the_user_fails_the_table_and_refresh_starts_it_again(
    workshop: Bench, server: Server
) -> None:
    server.describe_errors.append(PermissionDeniedError("No.", "Grant it."))
    handle = workshop.open(server)
    assert isinstance(failure(handle), PermissionDeniedError)
    assert handle.status.error is not None
    assert handle.status.error.hint == "Grant it."
    until_happened(lambda: not server.table.streams, "Leaving the stream")
    handle.refresh()
    until(handle, {1: "one"})
    until_state(handle, State.LIVE)
    assert handle.status.error is None


def test_a_failing_describe_is_tried_again_and_counted(workshop: Bench, server: Server) -> None:
    server.describe_errors += [UnreachableError("Nobody.", "Wait.", retry_after_s=60.0)]
    handle = workshop.open(server)
    until_true(handle, lambda: handle.status.attempt > 0, "A failed attempt")
    assert handle.status.state is State.OFFLINE
    assert handle.status.retry_at is not None
    handle.refresh()
    until(handle, {1: "one"})
    until_true(handle, lambda: handle.status.attempt == 0, "No more failed attempts")


def test_a_page_that_fails_twice_is_read_a_third_time(workshop: Bench, server: Server) -> None:
    server.page_errors += [SourceError("Busy.", retry_after_s=0.01), SourceError("Busy.")]
    handle = workshop.open(server)
    until(handle, {1: "one"})
    until_true(handle, lambda: handle.stats.failed_reads == 2, "Two failed reads")
    until_true(handle, lambda: handle.status.verified_at is not None, "A whole pass")


def test_a_page_that_fails_three_times_ends_its_pass_and_another_follows(
    workshop: Bench, server: Server
) -> None:
    server.page_errors += [SourceError("Busy.") for _ in range(4)]
    handle = workshop.open(server)
    until_true(handle, lambda: handle.status.state is State.OFFLINE, "Offline")
    until(handle, {1: "one"})
    until_state(handle, State.LIVE)


def test_a_refused_read_in_a_pass_fails_the_table(workshop: Bench, server: Server) -> None:
    server.page_errors.append(AuthenticationError("The token was refused.", "Give another."))
    assert isinstance(failure(workshop.open(server)), AuthenticationError)


def test_a_key_that_names_two_rows_fails_the_table(workshop: Bench, server: Server) -> None:
    server.table.rows[(2,)] = (1, "one again")
    error = failure(workshop.open(server))
    assert isinstance(error, KeyNotUniqueError)
    assert "primary_key=" in error.hint


def test_a_null_key_fails_the_table(workshop: Bench, server: Server) -> None:
    server.table.rows[(None,)] = (None, "nobody")
    assert isinstance(failure(workshop.open(server)), KeyNotUniqueError)


def test_one_key_that_cannot_be_read_is_left_to_a_pass(workshop: Bench, server: Server) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    server.key_errors += [SourceError("Cursed.", retry_after_s=0.01) for _ in range(3)]
    workshop.do(server.table.put, (7, "seven"))
    until(handle, {1: "one", 7: "seven"})
    assert handle.stats.failed_reads == 3


def test_a_new_column_empties_the_table_and_reads_it_again(workshop: Bench, server: Server) -> None:
    handle = workshop.open(server)
    until_settled(handle)

    def widen() -> None:
        server.table.schema = WIDER
        server.table.rows[(1,)] = (1, "one", "x")
        server.table.put((2, "two", "y"))

    workshop.do(widen)
    until(handle, {1: "one", 2: "two"})
    assert handle.snapshot().schema.names == ("id", "name", "more")
    until_state(handle, State.LIVE)


def test_a_column_that_went_is_described_again(workshop: Bench, server: Server) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    server.key_errors.append(ColumnNotFoundError("No column more."))
    server.describe_errors.append(ColumnNotFoundError("No column name.", "Check `columns=`."))
    workshop.do(server.table.put, (2, "two"))
    assert isinstance(failure(handle), ColumnNotFoundError)
    assert names(handle) == {1: "one"}


def test_a_fault_of_ours_fails_the_table_says_so_and_is_logged(
    workshop: Bench, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.describe_errors.append(ZeroDivisionError("oops"))
    with caplog.at_level(logging.ERROR, "rtwidget"):
        error = failure(workshop.open(server))
    assert "ZeroDivisionError" in error.message
    assert "report" in error.hint
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_table_that_is_never_announced_polls(workshop: Bench, server: Server) -> None:
    server.stream_errors.append(NotificationsUnavailableError("Unpublished.", "Run `this`."))
    handle = workshop.open(server)
    until_state(handle, State.POLLING)
    assert handle.status.error is not None
    assert handle.status.error.hint == "Run `this`."
    assert handle.status.interval_s is not None
    handle.refresh()
    until_state(handle, State.LIVE)
    assert handle.status.error is None
