"""Each test of the conformance kit fails of a source that breaks its promise, and says which one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from rtwidget.abc import Event, Live
from rtwidget.errors import NotificationsUnavailableError, SourceError
from rtwidget.testing import SourceConformance
from tests.unit.testing import broken_answers as answers
from tests.unit.testing import broken_pages as pages
from tests.unit.testing import broken_requests as requests
from tests.unit.testing import broken_streams as streams
from tests.unit.testing.full_harness import FullHarness
from tests.unit.testing.full_source import FullRequest, FullSource

FAULTS: list[tuple[type[FullSource | FullRequest], str, dict[str, Any], str]] = [
    (pages.TextOrder, "pages_hold_every_row_once", {"limit": 100}, "in the order of keys"),
    (pages.Repeats, "pages_hold_every_row_once", {"limit": 1}, "end with an empty one"),
    (pages.Endless, "a_page_keeps_to_its_limit", {}, "at most `limit` rows"),
    (pages.OpenAbove, "bounds_are_open_below", {"gone": ()}, "after < key <= until"),
    (pages.BoundsMustExist, "bounds_are_open_below", {"gone": (3, 10)}, "after < key <= until"),
    (pages.NextIgnoresUntil, "bounds_are_open_below", {"gone": ()}, "`next_key` is the first"),
    (pages.KeyOfNothing, "an_empty_table_has_empty_answers", {}, "has no key"),
    (pages.FirstKey, "the_last_key_is_the_greatest", {}, "`last_key` is the greatest"),
    (pages.ManyBounds, "ranges_between_key_bounds", {"parts": 4}, "at most parts - 1"),
    (pages.BoundsBackwards, "ranges_between_key_bounds", {"parts": 4}, "`key_bounds` join"),
    (pages.WholeVersions, "pages_of_versions", {}, "has the key columns and the version"),
    (pages.SameVersion, "pages_of_versions", {}, "Every change of a row changes its version"),
    (answers.Neighbours, "keys_that_are_there_come", {}, "and no other"),
    (answers.Cached, "a_row_is_read_as_it_is_now", {}, "as it is now: with 'other'"),
    (answers.EchoesSpelling, "a_key_in_another_spelling", {}, "carries its own spelling"),
    (answers.AlwaysWhole, "an_answer_that_was_capped", {}, "does not say that it is whole"),
    (
        answers.LastRows,
        "the_first_rows_are_those_of_the_order",
        {"limit": 3, "page_rows": 100},
        "the first rows by order",
    ),
    (requests.Unfiltered, "a_filter_holds_or_is_refused", {}, "for which the filter holds"),
    (requests.AllColumns, "columns_are_chosen_or_refused", {}, "the columns that were asked for"),
    (requests.OtherColumns, "rows_fit_what_is_described", {}, "columns that were described"),
    (answers.Miscounts, "a_probe_tells_the_truth", {}, "counts the rows"),
    (answers.RawErrors, "errors_are_those_of_rtwidget", {}, "raises a SourceError.*Refused"),
    (answers.NoErrors, "errors_are_those_of_rtwidget", {}, "`ping` of a server.*raises"),
    (requests.OneFeed, "only_equal_queries_share_a_feed", {}, "Queries that differ share nothing"),
    (requests.OwnFeed, "only_equal_queries_share_a_feed", {}, "Equal queries of the same reader"),
    (requests.OtherTitle, "the_title_is_the_tables_name", {}, "The title"),
    (requests.AsksAtOnce, "nothing_is_contacted_before", {}, "It was contacted"),
    (streams.Silent, "inserts_updates_and_deletes", {}, r"A change of \[\(1,\)\] is named"),
    (streams.Early, "inserts_updates_and_deletes", {}, "named once it can be read"),
    (streams.NeverLive, "inserts_updates_and_deletes", {}, "says `Live`"),
    (streams.NewKeyOnly, "both_keys_of_a_row", {}, r"A change of \[\(1,\)\] is named"),
    (streams.OneStream, "two_streams_hear_the_same", {}, "is named"),
    (streams.OneStreamEver, "a_stream_is_begun_after", {}, "Somebody listens already"),
    (streams.EndsSilently, "a_stream_that_breaks_raises", {}, "never ends without an error"),
    (streams.OneAtATime, "calls_run_at_once", {}, "empty one|disturb each other"),
    (
        streams.KeepsItsLock,
        "a_source_is_usable_after",
        {"name": "read_page"},
        "The next calls are answered",
    ),
    (streams.LeavesATask, "nothing_is_left_when", {}, "No task is left"),
    (streams.ClosesForAll, "one_source_is_closed", {}, "away"),
]
TESTS = {name for name in dir(SourceConformance) if name.startswith("test_")}


def named(part: str) -> str:
    """Return the one test whose name holds a text."""
    (found,) = (name for name in TESTS if part in name)
    return found


@pytest.mark.parametrize(
    ("fault", "part", "arguments", "said"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS]
)
def test_a_broken_promise_is_noticed_and_named(
    fault: type[Any], part: str, arguments: dict[str, Any], said: str
) -> None:
    broken = {"source": fault} if issubclass(fault, FullSource) else {"request": fault}
    with pytest.raises((AssertionError, SourceError), match=said):
        getattr(SourceConformance(), named(part))(harness=FullHarness(**broken), **arguments)


class Unannounced(FullSource):
    """Says that it cannot announce anything, so that the table polls."""

    async def notifications(self) -> AsyncGenerator[Event]:
        if not self.server.down:
            raise NotificationsUnavailableError("Files are not announced.")
        yield Live()


@pytest.mark.parametrize("part", ["inserts_updates_and_deletes", "two_streams", "begun_after"])
def test_a_stream_that_says_it_cannot_is_not_held_to_more(part: str) -> None:
    with pytest.raises(pytest.skip.Exception, match="said that it cannot: Files"):
        getattr(SourceConformance(), named(part))(harness=FullHarness(Unannounced))
    SourceConformance().test_nothing_is_left_when_it_is_closed_amid_calls(FullHarness(Unannounced))


def test_every_test_of_the_kit_can_fail() -> None:
    assert {named(fault[1]) for fault in FAULTS} == TESTS


def test_a_kit_without_a_harness_says_what_to_give() -> None:
    class TestMine(SourceConformance):
        pass

    with pytest.raises(NotImplementedError, match="Give TestMine a fixture `harness`"):
        TestMine.harness.__wrapped__(TestMine())  # type: ignore[attr-defined]
