"""How long a table of 1,000,000 rows takes to load over REST, and to show its first rows; with and without a long way to go."""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx

from bench.network.big_backend import TABLE, BigBackend, big_backend
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.supabase.factory import Supabase

ROWS = 1_000_000
LATENCY_S = 0.1
PAGE_ROWS = 1000
_OTHER_PAGES = 100
_LIMIT_S = 600.0


@dataclass(frozen=True, slots=True)
class Loading:
    """What one way to the server gave, in seconds.

    Args:
        latency_s: How much later every answer came.
        first_rows_s: Until ours had its first rows.
        whole_s: Until ours had every row, verified.
        other_s: What a serial chain of pages takes, as a user would write it; extrapolated from its first pages.
    """

    latency_s: float
    first_rows_s: float
    whole_s: float
    other_s: float


def measure(rows: int = ROWS, latencies_s: tuple[float, ...] = (0.0, LATENCY_S)) -> list[Loading]:
    """Load a table of so many rows from a backend in another process, once for each latency in seconds."""
    results = []
    with big_backend(rows) as backend:
        for latency_s in latencies_s:
            backend.latency(latency_s)
            first_s, whole_s = _ours(backend)
            results.append(Loading(latency_s, first_s, whole_s, _other(backend, rows)))
    return results


def _ours(backend: BigBackend) -> tuple[float, float]:
    began = time.perf_counter()
    table = TableHandle(
        Supabase(url=backend.url, key=backend.key).request_for(checked_query(TABLE))
    )
    try:
        table.wait(lambda: table.status.rows or None, _LIMIT_S, "The first rows")
        first_s = time.perf_counter() - began
        table.wait(lambda: table.status.verified_at, _LIMIT_S, "Every row")
        return first_s, time.perf_counter() - began
    finally:
        table.close()


def _other(backend: BigBackend, rows: int) -> float:
    """Return the seconds of a whole chain, from the mean of its first pages: the others cost the same."""
    pages = min(_OTHER_PAGES, rows // PAGE_ROWS)
    headers = {"apikey": backend.key, "authorization": f"Bearer {backend.key}"}
    last = 0
    # One client, because nobody pays for a new connection with every page.
    with httpx.Client(base_url=f"{backend.url}/rest/v1/", headers=headers, timeout=60) as client:
        began = time.perf_counter()
        for _ in range(pages):
            query = f"?select=*&id=gt.{last}&order=id&limit={PAGE_ROWS}"
            last = client.get(TABLE + query).json()[-1]["id"]
        took_s = time.perf_counter() - began
    return took_s * rows / (pages * PAGE_ROWS)


def main() -> None:
    """Print the table."""
    print("| latency | first rows | whole | serial chain (extrapolated) |\n|---|---|---|---|")
    for one in measure():
        print(
            f"| {one.latency_s:.1f} s | {one.first_rows_s:.2f} s | {one.whole_s:.1f} s | {one.other_s:.0f} s |"
        )


if __name__ == "__main__":
    main()
