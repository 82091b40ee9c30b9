"""A forked child leaves what its parent holds: all of it, and it says what it could not leave."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import pytest

from rtwidget.sources import forking


class Held:
    """Something that a child may not use."""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the test's own things is left, and this process stays what it is."""
    monkeypatch.setattr(forking, "_left", WeakKeyDictionary())
    monkeypatch.setattr(forking, "_halted", WeakKeyDictionary())
    monkeypatch.setattr(forking, "_now", forking.this_process())


@pytest.mark.usefixtures("alone")
def test_what_cannot_be_left_is_logged_and_keeps_no_other_from_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    left: list[Held] = []

    def leave(thing: Held) -> Iterable[int]:
        if thing is broken:
            raise OSError("gone already")
        left.append(thing)
        return ()

    parent, broken, others = forking.this_process(), Held(), [Held(), Held()]
    for thing in (others[0], broken, others[1]):
        forking.when_forked(thing, leave)
    with caplog.at_level(logging.ERROR, "rtwidget"):
        forking._in_child()
    assert left == others
    assert "could not leave" in caplog.text
    assert "gone already" in caplog.text
    assert forking.this_process() is not parent


@pytest.mark.usefixtures("alone")
def test_a_child_waits_for_no_thread_of_its_parent() -> None:
    thing, halted = Held(), list[threading.Event]()
    forking.halt_to_fork(thing, lambda _thing, over: halted.append(over))
    forking._before()
    forking._in_parent()
    assert [over.is_set() for over in halted] == [True]
    forking._in_child()
    forking._before()
    assert len(halted) == 1
