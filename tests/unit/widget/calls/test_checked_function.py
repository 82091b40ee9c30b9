"""What cannot be called is refused at the door."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.feed.changes import Change
from rtwidget.widget.live_table import LiveTable


class Watcher:
    """Something with a method of its own."""

    def told(self, change: Change) -> None:
        """Look at what changed."""

    async def later(self, change: Change) -> None:
        """Look at it some time."""


@pytest.mark.parametrize(
    "callback",
    [3, None, "print", [], lambda: None, lambda _a, _b: None, Watcher.told, Watcher().later, {}],
    ids=["3", "None", "str", "list", "no argument", "two", "unbound", "async", "dict"],
)
def test_what_cannot_be_called_with_a_change_is_refused(table: LiveTable, callback: Any) -> None:
    with pytest.raises(ArgumentError, match=r"function|await"):
        table.on_change(callback)
    assert len(table._events._callbacks) == 0


def test_a_predicate_that_cannot_be_called_with_the_rows_is_refused(table: LiveTable) -> None:
    for predicate in (3, lambda: True, None):
        with pytest.raises(ArgumentError, match="function"):
            table.wait_for(predicate)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "callback", [print, Watcher().told, [].append, lambda *all_of_it: all_of_it, [].__contains__]
)
def test_whatever_takes_one_argument_is_accepted(table: LiveTable, callback: Any) -> None:
    table.on_change(callback)
    assert len(table._events._callbacks) == 1
    table.on_change(callback, remove=True)
    assert len(table._events._callbacks) == 0
