"""What every message to a view tells: the table's situation as it is then, and how many changes there were."""

from __future__ import annotations

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import State
from rtwidget.view.view_context import ViewContext
from tests.unit.widget.counting_table import CountingTable


def test_news_are_of_the_moment_in_which_they_are_asked_for() -> None:
    table = CountingTable(LoopThread("context"))
    context = ViewContext(table, ())
    try:
        told = context.news()
        assert (told["status"]["state"], told["changes"]) == ("live", 0)
        table.status = Status(State.PAUSED, table.status.since, rows=5)
        context.changes.changed(Delta(inserted={(1,)}, removed={(2,)}), 1.0)
        told = context.news()
        assert (told["status"]["state"], told["status"]["rows"], told["changes"]) == (
            "paused",
            5,
            2,
        )
    finally:
        table.close()


def test_no_two_tables_share_a_choice_or_a_log() -> None:
    table = CountingTable(LoopThread("contexts"))
    try:
        one, other = ViewContext(table, ()), ViewContext(table, ())
        one.selection.choose(((1,),))
        one.changes.changed(Delta(inserted={(1,)}), 1.0)
        assert (other.selection.keys, other.changes.count) == ((), 0)
    finally:
        table.close()
