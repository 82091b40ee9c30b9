"""What happens to events on their way to the sockets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from rtwidget.local.faults import event_faults
from rtwidget.local.faults.event_faults import EventFaults


@dataclass(frozen=True)
class Event:
    name: str
    ids: list[int] = field(default_factory=lambda: [1])


A, A2, B, C = Event("a"), Event("a2"), Event("b"), Event("c")
CHANGES: list[list[Event]] = [[A, A2], [], [B], [C]]


def names(faults: EventFaults) -> str:
    return " ".join(event.name for event in faults.passed(CHANGES))


def test_without_faults_everything_passes_in_its_order() -> None:
    assert names(EventFaults()) == "a a2 b c"


def test_changes_that_nobody_hears_of_are_not_counted_as_lost() -> None:
    faults = EventFaults()
    faults.drop(2)
    assert names(faults) == "c"
    assert names(faults) == "a a2 b c"
    faults.drop(4)
    assert names(faults) == ""
    assert names(faults) == "b c"


def test_changes_come_twice_or_backwards() -> None:
    faults = EventFaults()
    faults.duplicate()
    assert names(faults) == "a a a2 a2 b b c c"
    faults.reorder()
    faults.duplicate()
    assert names(faults) == "c c b b a a a2 a2"


def test_silence_loses_everything_until_it_is_cleared() -> None:
    faults = EventFaults()
    faults.silence(math.inf)
    assert names(faults) == ""
    faults.clear()
    assert names(faults) == "a a2 b c"


def test_a_change_counts_for_the_limit_once_for_each_binding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr(event_faults, "time", SimpleNamespace(monotonic=lambda: now[0]))
    faults = EventFaults()
    faults.limit(per_second=1, window_s=12)
    faults.passed([[Event("x", [1])]])
    now[0] += 1
    # Two ticks of one second, the first of them empty: one event is half an event a second.
    assert faults.lets_through()
    faults.passed([[Event("x", list(range(40)))]])
    now[0] += 1
    assert not faults.lets_through()
    faults.clear()
    assert faults.lets_through()
