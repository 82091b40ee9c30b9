"""A table lives while somebody refers to it or an output shows it, and ends by itself after that."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import ipywidgets
import pytest

from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.jupyter_kernel import Execution
from rtwidget.widget.lifecycle import cell_ownership as belonging
from rtwidget.widget.lifecycle.kept_alive import KEPT_ALIVE
from rtwidget.widget.live_table import LiveTable
from tests.unit.feed.bench import until_happened
from tests.unit.widget.lifecycle.lifetime_bench import Bench

WIDGETS = ipywidgets.widgets.widget._instances


@pytest.fixture
def bench(source: MemoryTable, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    made = Bench(source, monkeypatch)
    yield made
    for table in [one for one in KEPT_ALIVE._kept if isinstance(one, LiveTable)]:
        if table._handle in made.handles:
            table.dispose()
    for handle in made.handles:
        handle.close()


def ends(bench: Bench, number: int = 0) -> None:
    until_happened(lambda: not bench.open()[number], "The end of a table")


def test_a_table_that_loses_its_last_view_and_every_reference_ends(bench: Bench) -> None:
    table = bench.table()
    model_id = table.model_id
    bench.show(table)
    bench.say(table, "bye", gone=True)
    assert bench.open() == [True]
    gc.disable()  # Python's counting alone is to find it, as an idle kernel collects nothing
    try:
        del table
        ends(bench)
    finally:
        gc.enable()
    until_happened(lambda: model_id not in WIDGETS, "A model that is forgotten")


def test_the_view_may_go_last(bench: Bench) -> None:
    table = bench.table()
    bench.show(table)
    receive, handle = table._hub.receive, table._handle
    del table
    assert bench.open() == [True]
    handle.call(receive, {"kind": "bye", "view": "v", "gone": True})
    ends(bench)


def test_a_table_that_was_never_shown_lives_on(bench: Bench) -> None:
    bench.table()
    gc.collect()
    assert bench.open() == [True]


def test_a_view_whose_page_or_notebook_left_may_come_back(bench: Bench) -> None:
    table = bench.table()
    bench.show(table)
    bench.say(table, "bye")
    seen = weakref.ref(table)
    del table
    gc.collect()
    assert seen() is not None
    assert bench.open() == [True]


def test_another_view_keeps_a_table(bench: Bench) -> None:
    table = bench.table()
    bench.show(table, "left")
    bench.show(table, "right")
    bench.say(table, "bye", "left", gone=True)
    receive, handle = table._hub.receive, table._handle
    del table
    gc.collect()
    assert bench.open() == [True]
    handle.call(receive, {"kind": "bye", "view": "right", "gone": True})
    ends(bench)


def test_a_view_that_is_drawn_anew_keeps_a_table(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], None]] = []
    monkeypatch.setattr(
        belonging,
        "asyncio",
        SimpleNamespace(
            get_running_loop=lambda: SimpleNamespace(
                call_later=lambda _delay, action, *arguments: later.append(
                    lambda: action(*arguments)
                )
            )
        ),
    )
    table = bench.table()
    bench.show(table, "old")
    bench.say(table, "bye", "old", gone=True)
    bench.show(table, "new")
    for check in later:
        check()
    assert table in KEPT_ALIVE._kept


def test_a_table_that_is_shown_again_is_kept_again(bench: Bench) -> None:
    table = bench.table()
    bench.show(table)
    bench.say(table, "bye", gone=True)
    seen, kept = weakref.ref(table), KEPT_ALIVE._kept
    until_happened(lambda: seen() not in kept, "A table that nothing shows")
    bench.show(table, "again")
    assert table in KEPT_ALIVE._kept
    del table
    gc.collect()
    assert bench.open() == [True]


def test_containers_and_closures_are_references(bench: Bench) -> None:
    table = bench.table()
    box = ipywidgets.HBox([table])
    bench.show(table)
    bench.say(table, "bye", gone=True)
    del table
    gc.collect()
    assert bench.open() == [True]
    box.close()
    del box
    gc.collect()
    ends(bench)


def test_a_table_that_was_replaced_in_its_output_before_it_was_drawn_ends(bench: Bench) -> None:
    bench.message_id = "a move of the slider"
    with_output = ipywidgets.Output(msg_id=bench.message_id)
    bench.table()
    bench.table()
    last = bench.table()
    bench.show(last)
    ends(bench, 0)
    ends(bench, 1)
    assert bench.open()[2]
    with_output.close()


def test_tables_that_one_output_shows_beside_each_other_stay(bench: Bench) -> None:
    bench.message_id = "a press of the button"
    with_output = ipywidgets.Output(msg_id=bench.message_id)
    first = bench.table()
    bench.show(first)
    del first
    second = bench.table()
    bench.show(second)
    second._handle.call_and_wait(lambda: None)
    gc.collect()
    assert bench.open() == [True, True]
    with_output.close()


def test_what_callbacks_make_in_the_output_of_a_cell_goes_when_the_cell_runs_again(
    bench: Bench,
) -> None:
    output = ipywidgets.Output(msg_id="run 1")
    bench.message_id, bench.execution = "run 1", Execution("cell", "run 1")
    kept = [bench.table()]
    output.msg_id = bench.message_id = "a move of the slider"
    bench.execution = None
    kept.append(bench.table())
    output.msg_id, bench.message_id = "", "run 2"
    bench.execution = Execution("cell", "run 2")
    kept.append(bench.table())
    ends(bench, 0)
    ends(bench, 1)
    assert bench.open()[2]
    output.close()
