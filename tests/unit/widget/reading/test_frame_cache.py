"""Frames that are made before somebody asks for them, and those that are not."""

from __future__ import annotations

import pytest

from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.live_table import LiveTable
from rtwidget.widget.reading import frame_cache
from rtwidget.widget.reading.frame_cache import FrameCache
from tests.unit.feed.bench import until_happened


def is_made(table: LiveTable) -> bool:
    made = table._frames._made
    return made is not None and made.snapshot is table._handle.snapshot()


def put(table: LiveTable, source: MemoryTable, n: int) -> None:
    table._handle.call_and_wait(lambda: source.put((1, "name 1", n)))


def test_who_read_a_frame_lately_finds_the_next_one_made(
    table: LiveTable, source: MemoryTable
) -> None:
    assert table.df.loc[1, "n"] == 9
    put(table, source, 70)
    until_happened(lambda: (1, "name 1", 70) in table._handle.snapshot().rows, "The change")
    until_happened(lambda: is_made(table), "The frame")


def test_nothing_is_made_that_nobody_asked_for(table: LiveTable) -> None:
    table.wait_for(lambda _: True)
    cache = FrameCache(table._handle, "float", ())
    cache.prepare()
    assert cache._made is None
    cache.now(table._handle.take_snapshot())
    assert cache._made is not None


def test_frames_take_at_most_a_fifth_of_the_time(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.wait_for(lambda _: True)
    cache = FrameCache(table._handle, "float", ())
    # A second for each look at the clock: a frame takes one, so the next four are for others.
    moments = iter(range(100))
    monkeypatch.setattr(frame_cache, "monotonic", lambda: float(next(moments)))
    made: list[float] = []
    monkeypatch.setattr(cache, "_made_of", lambda _snapshot: made.append(1))
    cache._asked_at = 0.0
    for _ in range(7):
        cache.prepare()
    assert len(made) == 2
