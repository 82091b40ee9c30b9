"""The full load of 1,000,000 rows over REST, near and far, against a serial chain of pages."""

from __future__ import annotations

from statistics import median

from bench.cases import Result
from bench.network.loading import LATENCY_S, ROWS, measure

_NEAR_S = 0.0
_TIMES = 3
"""Fewer than elsewhere: each takes most of a minute, and five would be a third of the whole run."""
_GOAL_S = 60


def run() -> list[Result]:
    """Return the seconds until every row is there and verified."""
    # Near and far by turns, so that load on the machine hits both.
    found = measure(latencies_s=(_NEAR_S, LATENCY_S) * _TIMES)
    results = []
    for latency_s, name in ((_NEAR_S, "local"), (LATENCY_S, f"{LATENCY_S * 1000:.0f} ms away")):
        loads = [load for load in found if load.latency_s == latency_s]
        first_rows_s = median(load.first_rows_s for load in loads)
        results.append(
            Result(
                f"full load of {ROWS:,} rows, {name}",
                median(load.whole_s for load in loads),
                median(load.other_s for load in loads),
                "s",
                _GOAL_S,
                "a serial chain of pages, from its first 100",
                note=f"first rows after {first_rows_s:.2f} s; medians of {_TIMES}",
            )
        )
    return results
