"""Callbacks belong to the cell that registered them, and what cannot be called is refused at the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from queue import Queue
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.events import EventManager, available_events

from rtwidget.feed.changes import Change
from rtwidget.widget.calls import callbacks as module
from rtwidget.widget.calls.callbacks import Callbacks
from rtwidget.widget.jupyter_kernel import Execution


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which run of which cell is executing."""

    def run(cell_id: str | None = None, message_id: str = "") -> None:
        execution = None if cell_id is None else Execution(cell_id, message_id)
        monkeypatch.setattr(module, "current_execution", lambda: execution)

    run()
    return run


def version(text: str, name: str = "told") -> Any:
    """Return a function as a cell defines it: each time the cell runs, it is compiled anew."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(f"def {name}(change): return {text!r}", names)
    return names[name]


def called(callbacks: Callbacks) -> list[object]:
    return [one.callback(Change((), (), (), None)) for one in callbacks.now()]  # type: ignore[arg-type]


def test_a_cell_that_runs_again_replaces_what_its_earlier_runs_registered(
    run: Callable[..., None],
) -> None:
    callbacks = Callbacks()
    for message_id in "123":
        run("a", message_id)
        callbacks.add(version(f"told {message_id}"))
        callbacks.add(partial(lambda text, _change: text, f"partial {message_id}"))
    assert called(callbacks) == ["told 3", "partial 3"]


def test_two_functions_of_one_run_and_those_of_other_cells_stay(run: Callable[..., None]) -> None:
    callbacks = Callbacks()
    run("a", "1")
    for number in range(2):
        callbacks.add(version(f"of the same name {number}"))
    run("b", "2")
    callbacks.add(version("of another cell"))
    run("a", "3")
    callbacks.add(version("new"))
    assert called(callbacks) == ["of another cell", "new"]
    run("a", "3")
    callbacks.add(version("newer"))
    assert called(callbacks) == ["of another cell", "new", "newer"]


def test_a_cell_that_runs_again_without_registering_ends_what_it_registered(
    run: Callable[..., None],
) -> None:
    callbacks, others = Callbacks(), Callbacks()
    run("a", "1")
    callbacks.add(version("taken out of the cell since"))
    others.add(version("of another table"))
    run("b", "2")
    callbacks.add(version("of another cell", "other"))
    run()
    callbacks.add(version("of no cell", "third"))
    run("a", "1")
    module.RUNS.begin(None)
    assert (len(callbacks), len(others)) == (3, 1)
    run("a", "3")
    module.RUNS.begin(None)
    assert called(callbacks) == ["of another cell", "of no cell"]
    assert len(others) == 0
    run()
    module.RUNS.begin(None)
    assert len(callbacks) == 2


def test_the_kernel_tells_when_a_cell_runs(
    run: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell: Any = SimpleNamespace()
    shell.events = EventManager(shell, available_events)
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    callbacks = Callbacks()
    run("a", "1")
    callbacks.add(version("old"))
    shell.events.trigger("pre_run_cell", None)
    assert len(callbacks) == 1
    run("a", "2")
    shell.events.trigger("pre_run_cell", None)
    assert len(callbacks) == 0


def test_where_no_cell_is_named_a_newer_version_replaces_the_older(
    run: Callable[..., None],
) -> None:
    run()
    callbacks = Callbacks()
    for number in range(3):
        callbacks.add(version(f"told {number}"))
        callbacks.add(version(f"other {number}", "other"))
    assert called(callbacks) == ["told 2", "other 2"]


def test_functions_that_a_loop_makes_are_different_ones(run: Callable[..., None]) -> None:
    run()
    callbacks = Callbacks()
    for number in range(3):

        def made(_change: Change, number: int = number) -> int:
            return number

        callbacks.add(made)
        callbacks.add(partial(lambda number, _change: -number, number))
    callbacks.add(lambda _change: "first")
    callbacks.add(lambda _change: "second")
    assert called(callbacks) == [0, 0, 1, -1, 2, -2, "first", "second"]


def test_one_function_is_called_once_however_often_it_is_registered(
    run: Callable[..., None],
) -> None:
    callbacks, got = Callbacks(), Queue[Change]()
    for cell_id, message_id in (("a", "1"), ("a", "1"), ("b", "2"), (None, "")):
        run(cell_id, message_id)
        callbacks.add(got.put)
    assert len(callbacks) == 1


def test_removing_the_newest_version_leaves_none(run: Callable[..., None]) -> None:
    callbacks = Callbacks()
    run("a", "1")
    callbacks.add(version("old"))
    run("b", "2")
    newest = version("newest")
    callbacks.add(newest)
    callbacks.add(version("other", "other"))
    callbacks.remove(newest)
    assert called(callbacks) == ["other"]
    # It was defined again, and registered by nobody.
    callbacks.add(version("old"))
    callbacks.remove(version("never registered"))
    assert called(callbacks) == ["other"]
