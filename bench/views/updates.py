"""Keyed updates under one sorted and filtered view, a window read after each batch, against Perspective."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter

from bench.cases import Result
from bench.measure import by_turns, percentile
from bench.subjects.expected_order import ExpectedOrder, ages_s
from bench.subjects.our_view import OurTable, OurView
from bench.subjects.perspective_view import Batch, PerspectiveView, as_arrow, as_dicts
from bench.subjects.sample import arrow_table, ipc, row
from bench.subjects.writer import BATCH_ROWS, Writer
from rtwidget.replica.keys import Row

WINDOW_ROWS = 40
_MOST_S = 3.0
_OUR_BATCHES = 1_000
_THEIR_BATCHES = 300
"""As many as each takes in that time; shorter, and an order that is a second behind could not show."""
_SETTLE_S = 20.0
_ORDER_AGE_S = 1.0


def million() -> list[Result]:
    """Return the case at 1,000,000 rows."""
    return [_run(1_000_000, goal=20)]


def hundred_thousand() -> list[Result]:
    """Return the case at 100,000 rows."""
    return [_run(100_000, goal=4)]


def _run(count: int, goal: float) -> Result:
    with asyncio.Runner() as runner:
        return _measured(runner, count, goal)


def _measured(runner: asyncio.Runner, count: int, goal: float) -> Result:
    first = [row(key) for key in range(count)]
    peers = {"dict rows": (as_dicts, PerspectiveView(ipc(arrow_table(first))))}
    # A table for each encoding, because both are written to in every repetition.
    peers["Arrow"] = (as_arrow, PerspectiveView(ipc(arrow_table(first))))
    ours = runner.run(_view(first))
    expected = {name: ExpectedOrder(first) for name in ("ours", *peers)}
    writers = {name: Writer(count) for name in expected}
    # The garbage collector would walk through all these tuples while others are timed.
    del first
    all_ages_s: list[float] = []

    def measure_ours() -> float:
        batches = writers["ours"].batches(_OUR_BATCHES)
        rate, taken, ages = runner.run(_ours(ours, batches, expected["ours"]))
        all_ages_s.extend(ages)
        # Only what was stored in time: the final order is compared with these.
        expected["ours"].take(batches[:taken])
        return rate

    def measure(name: str) -> float:
        encode, view = peers[name]
        batches = writers[name].batches(_THEIR_BATCHES)
        # Encoded before the clock starts, in the way that Perspective likes.
        rate, taken = _theirs(view, [encode(batch) for batch in batches])
        expected[name].take(batches[:taken])
        return rate

    rates = by_turns({"ours": measure_ours} | {name: partial(measure, name) for name in peers})
    # The better of the two encodings counts, because a user could choose it.
    best = max(peers, key=lambda name: median(rates[name]))
    order_age_s = percentile(all_ages_s, 95)
    ours_right = runner.run(_right(ours, expected["ours"]))
    theirs_right = expected[best].holds(len(peers[best][1]), _their_keys(peers[best][1]))
    return Result(
        f"keyed updates, {count:,} rows",
        median(rates["ours"]),
        median(rates[best]),
        "updates/s",
        goal,
        f"Perspective, {best}",
        "ratio",
        f"our order's age p95 {order_age_s * 1000:,.0f} ms (at most {_ORDER_AGE_S:g} s);"
        f" final order {_words(ours_right)}, Perspective's {_words(theirs_right)}",
        # An order that may lag behind without a limit would make any rate possible.
        sound=ours_right and order_age_s <= _ORDER_AGE_S,
    )


async def _view(rows: Sequence[Row]) -> OurView:
    view = OurView(OurTable(rows))
    # The first order is made of all rows, and is not the cost of an update.
    await view.window(0, WINDOW_ROWS)
    return view


async def _ours(
    view: OurView, batches: Sequence[Sequence[Row]], expected: ExpectedOrder
) -> tuple[float, int, list[float]]:
    """Return rows a second, how many batches that were, and the order's age at each window."""
    newest = [expected.newest_key(batch) for batch in batches]
    put_at: list[float] = []
    firsts: list[tuple[float, int | None]] = []
    began = perf_counter()
    for batch in batches:
        put_at.append(perf_counter())
        view.take(batch)
        window = await view.window(0, WINDOW_ROWS)
        # As in a feed, where the next batch comes from the loop.
        await asyncio.sleep(0)
        firsts.append((perf_counter(), window.keys[0][0] if window.keys else None))  # type: ignore[arg-type]
        if perf_counter() - began > _MOST_S:
            break
    rate = len(put_at) * BATCH_ROWS / (perf_counter() - began)
    return rate, len(put_at), ages_s(newest, put_at, firsts)


def _theirs(view: PerspectiveView, batches: Sequence[Batch]) -> tuple[float, int]:
    """Return rows a second, and how many batches that were."""
    taken, began = 0, perf_counter()
    for batch in batches:
        view.update(batch)
        view.window(0, WINDOW_ROWS)
        taken += 1
        if perf_counter() - began > _MOST_S:
            break
    return taken * BATCH_ROWS / (perf_counter() - began), taken


async def _right(view: OurView, expected: ExpectedOrder) -> bool:
    if not await view.settled(expected.first_key, _SETTLE_S):
        return False
    total = (await view.window(0, 1)).total
    read = {
        first: [key[0] for key in (await view.window(first, count)).keys]
        for first, count in expected.samples()
    }
    return expected.holds(total, lambda first, _count: read[first])


def _their_keys(view: PerspectiveView) -> Callable[[int, int], list[int]]:
    return lambda first, count: view.window(first, count)["id"]


def _words(right: bool) -> str:  # noqa: FBT001  (a sentence, not a switch)
    return "right" if right else "WRONG"
