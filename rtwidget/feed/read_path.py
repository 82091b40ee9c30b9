"""What every read of one feed goes through."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.read_health import ReadHealth
from rtwidget.feed.state import FeedState
from rtwidget.sources.base import Source


@dataclass(frozen=True, slots=True)
class ReadPath:
    """From the state that says what to read to the state that takes the answer; loop thread only.

    Args:
        state: The feed's state.
        source: Where rows are read.
        gate: The project's budget.
        health: Whether reads work.
    """

    state: FeedState
    source: Source
    gate: ProjectGate
    health: ReadHealth
