"""Costs grow as they should: window, update and frame cost the same at any size, and a snapshot costs what changed.

`python -m bench growth` exits with 1 when they do not.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Final

from bench.cases import Result
from bench.subjects.our_view import OurTable, OurView
from bench.subjects.sample import row
from bench.subjects.writer import Writer
from bench.views.updates import WINDOW_ROWS
from rtwidget.view.messages.cell_texts import encode_key, encode_rows

_SIZES: Final = (10_000, 100_000, 1_000_000)
_FACTOR: Final = 5.0
"""A larger table misses the processor's caches more often; what grows with its rows would be a hundred times dearer."""
_TIMES = 100
# So few that a cost which grows with the table would stand out.
_FEW_ROWS = 10
Costs = dict[str, float]


def run() -> list[Result]:
    """Return the dearest of the larger tables beside the small one."""
    costs_us = {count: asyncio.run(_costs_us(count)) for count in _SIZES}
    small, *larger = costs_us.values()
    return [
        Result(
            f"growth: {name}, {_SIZES[-1]:,} rows or {_SIZES[1]:,}",
            max(costs[name] for costs in larger),
            small[name],
            "us",
            round(1 / _FACTOR, 2),
            f"{_SIZES[0]:,} rows",
            "ratio",
            "us at "
            + "; ".join(f"{count:,} rows {costs_us[count][name]:,.0f}" for count in _SIZES),
        )
        for name in small
    ]


async def _costs_us(count: int) -> Costs:
    table = OurTable(row(key) for key in range(count))
    view = OurView(table)
    # The first window waits for the first order, which does cost more for more rows.
    await view.window(0, WINDOW_ROWS)
    # A third of all rows, because the filter leaves about half of them in the view.
    places = range(0, count // 3, count // 3 // _TIMES)
    windows_s, frames_s = [], []
    for first in places:
        began = perf_counter()
        window = await view.window(first, WINDOW_ROWS)
        windows_s.append(perf_counter() - began)
        json.dumps([encode_rows(window.rows), [encode_key(key) for key in window.keys]])
        frames_s.append(perf_counter() - began)
    writer = Writer(count)
    return {
        "window": _us(windows_s),
        "frame": _us(frames_s),
        "update of 100 rows": _us(
            [_timed(partial(table.take, rows)) for rows in writer.batches(_TIMES)]
        ),
        f"snapshot after {_FEW_ROWS} changes": _us(_snapshots_s(table)),
    }


def _snapshots_s(table: OurTable) -> list[float]:
    """Return the times of snapshots, a few neighbours changed before each."""
    table.snapshot()
    times_s = []
    for revision in range(1, _TIMES // 5):
        # Far later than what the writer wrote, so that every row is a change.
        table.take([row(key, 10**6 + revision) for key in range(_FEW_ROWS)])
        times_s.append(_timed(table.snapshot))
    return times_s


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _us(times_s: list[float]) -> float:
    return median(times_s) * 1e6
