"""Windows of 40 rows read while 10,000 updates a second arrive, at 1,000,000 rows, against Perspective."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from bench.cases import Result
from bench.measure import by_turns, percentile
from bench.subjects.our_view import OurTable, OurView
from bench.subjects.perspective_view import Batch, PerspectiveView, as_dicts
from bench.subjects.sample import arrow_table, ipc, row
from bench.subjects.writer import Writer
from rtwidget.replica.keys import Row

_ROWS = 1_000_000
_RATE = 10_000
_WINDOW_ROWS = 40
_READS = 25
_PAUSE_S = 0.03
_FEED_S = 2.5
_OUR_BATCH = 200
"""What one key read of a feed brings at most."""
_THEIR_BATCH = 1_000
"""Perspective likes large batches; this is what comes in 100 ms."""


def run() -> list[Result]:
    """Return the p95 of a window's time, as a caller in another thread sees it."""
    first = [row(key) for key in range(_ROWS)]
    theirs = PerspectiveView(ipc(arrow_table(first)))
    # In a thread of its own, as in a kernel: what asks for a window is elsewhere.
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ours = asyncio.run_coroutine_threadsafe(_opened(first), loop).result()
    del first
    # Enough that a slow reader never sees the same values come again.
    batches = [as_dicts(rows) for rows in Writer(_ROWS).batches(50, _THEIR_BATCH)]
    writer = Writer(_ROWS)
    taken: dict[str, list[float]] = {"ours": [], "Perspective": []}

    def measure_ours() -> float:
        # New values each time: a store that is handed what it holds has less to do.
        fresh = writer.batches(round(_RATE * _FEED_S) // _OUR_BATCH, _OUR_BATCH)
        with _feeding(lambda rate: _put(ours, loop, fresh, rate), taken["ours"]):
            return _p95_ms(
                lambda at: asyncio.run_coroutine_threadsafe(
                    ours.window(at, _WINDOW_ROWS), loop
                ).result(),
                # The filter leaves about half of the rows in the view.
                _ROWS // 2,
            )

    def measure_theirs() -> float:
        with _feeding(lambda rate: _update(theirs, batches, rate), taken["Perspective"]):
            return _p95_ms(lambda at: theirs.window(at, _WINDOW_ROWS), _ROWS // 2)

    found = by_turns({"ours": measure_ours, "Perspective": measure_theirs})
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    # Without the first, which was the warm-up.
    rates = {name: median(rates[1:]) for name, rates in taken.items()}
    return [
        Result(
            f"window of {_WINDOW_ROWS} rows under {_RATE:,} updates/s, {_ROWS:,} rows, p95",
            median(found["ours"]),
            median(found["Perspective"]),
            "ms",
            20,
            "Perspective, dict rows",
            "ours",
            f"ours took {rates['ours']:,.0f} updates/s meanwhile,"
            f" Perspective {rates['Perspective']:,.0f}",
            # Whoever takes in fewer updates than were sent has an easier time with the windows.
            sound=rates["ours"] >= 0.95 * _RATE,
        )
    ]


async def _opened(rows: Sequence[Row]) -> OurView:
    view = OurView(OurTable(rows))
    await view.window(0, _WINDOW_ROWS)
    return view


class _Pace:
    """Ticks at even moments until the reader is done.

    Args:
        gap_s: The time between two ticks.
        done: Set when the reader is done.
    """

    def __init__(self, gap_s: float, done: threading.Event) -> None:
        self._gap_s = gap_s
        self._done = done
        self._next_at = time.perf_counter()

    def wait_s(self) -> float | None:
        """Return how long to wait for the next tick, or None at the end."""
        # From the planned moment, so that a late tick is made up for and the rate holds.
        self._next_at += self._gap_s
        return None if self._done.is_set() else max(0.0, self._next_at - time.perf_counter())


Feed = Callable[[threading.Event], int]


@contextmanager
def _feeding(feed: Feed, rates: list[float]) -> Iterator[None]:
    """Run a feed in a thread for as long as the block runs, and note its rate in rows a second."""
    done = threading.Event()
    taken = [0]

    def work() -> None:
        taken[0] = feed(done)

    thread = threading.Thread(target=work)
    began = time.perf_counter()
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        rates.append(taken[0] / (time.perf_counter() - began))


def _put(
    view: OurView,
    loop: asyncio.AbstractEventLoop,
    batches: Sequence[Sequence[Row]],
    done: threading.Event,
) -> int:
    """Hand batches to the loop, as answers of reads come to it."""
    pace, rows = _Pace(_OUR_BATCH / _RATE, done), 0

    async def take(batch: Sequence[Row]) -> None:
        view.take(batch)

    for batch in batches:
        asyncio.run_coroutine_threadsafe(take(batch), loop).result()
        rows += len(batch)
        if (wait_s := pace.wait_s()) is None:
            break
        time.sleep(wait_s)
    return rows


def _update(view: PerspectiveView, batches: Sequence[Batch], done: threading.Event) -> int:
    pace, rows = _Pace(_THEIR_BATCH / _RATE, done), 0
    while True:
        view.update(batches[rows // _THEIR_BATCH % len(batches)])
        rows += _THEIR_BATCH
        if (wait_s := pace.wait_s()) is None:
            return rows
        time.sleep(wait_s)


def _p95_ms(read: Callable[[int], object], shown: int) -> float:
    # Seeded, so that both are asked for the same places.
    places, times_ms = random.Random(5), []
    for _ in range(_READS):
        first = places.randrange(shown - _WINDOW_ROWS)
        began = time.perf_counter()
        read(first)
        times_ms.append((time.perf_counter() - began) * 1000)
        time.sleep(_PAUSE_S)
    return percentile(times_ms, 95)
