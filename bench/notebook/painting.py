"""From a change in the kernel to its cell on the screen, with the kernel idle and computing, against Perspective."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.cases import Result
from bench.measure import by_turns, percentile
from bench.notebook.stage import OLDER_KERNEL, Stage, stage
from tests.browser.lab.notebook_page import NotebookPage

_ROWS = 100_000
_WARM_S = 1.0
_WATCH_S = 4.0
_COMPUTE_S = 5.0
_AFTER_S = 1.5
_READY_MS = 120_000
_SIDES = {"ours": ".rtwidget", "perspective": "regular-table"}
_KERNELS = {"newest ipykernel": "python3", "ipykernel 7.3": OLDER_KERNEL}


@dataclass(frozen=True, slots=True)
class Painted:
    """One repetition.

    Args:
        ages_ms: For each value sent, how long until it or a later one was on the screen.
        shown: The share of the values sent that were on the screen themselves, in percent.
    """

    ages_ms: Sequence[float]
    shown: float


def run() -> list[Result]:
    """Return the ages at which values appear."""
    results = []
    with stage(older=True) as on:
        for kernel, kernel_name in _KERNELS.items():
            tables = {side: Table(on, side, kernel_name) for side in _SIDES}
            if kernel_name == "python3":
                idle = by_turns({side: table.watch for side, table in tables.items()})
                results += _results(f"change to painted cell, {_ROWS:,} rows", idle, 80, 150)
            busy = by_turns(
                {side: table.watch_computing for side, table in tables.items()}, warm_up=False
            )
            case = f"the same while the main thread computes, {kernel}"
            results += _results(case, busy, 120, 250)
            for table in tables.values():
                table.close()
    return results


def _results(
    case: str, found: dict[str, list[Painted]], p50_ms: float, p95_ms: float
) -> list[Result]:
    shown = {side: median(one.shown for one in painted) for side, painted in found.items()}

    def ages_ms(side: str, percent: float) -> float:
        return median(percentile(one.ages_ms, percent) for one in found[side])

    lines = [
        Result(
            f"{case}, p{percent}",
            ages_ms("ours", percent),
            ages_ms("perspective", percent),
            "ms",
            goal_ms,
            "Perspective",
            "ours",
        )
        for percent, goal_ms in ((50, p50_ms), (95, p95_ms))
    ]
    values = Result(
        f"{case}, values shown",
        shown["ours"],
        shown["perspective"],
        "% of those sent",
        100,
        "Perspective",
        "ours",
    )
    return [*lines, values]


class Table:
    """One notebook that shows a table whose rows change while it is watched.

    Args:
        on: Where it runs.
        side: Whose table it is.
        kernel_name: The kernel.
    """

    def __init__(self, on: Stage, side: str, kernel_name: str) -> None:
        self._selector = _SIDES[side]
        setup = f"""from bench.notebook.kernel import Changes, compute, ours, perspective
widget, apply = {side}({_ROWS})
changes = Changes(apply, {_ROWS})
widget"""
        cells = [setup, "", f"compute({_COMPUTE_S})"]
        self._page: NotebookPage = on.open(f"{side}-{kernel_name}", cells, kernel_name)
        self._page.run(0)
        self._page.run_for(1, "changes.start()")
        self._page.page.wait_for_function(
            "selector => recorder.read(selector) !== null", arg=self._selector, timeout=_READY_MS
        )
        # The first load runs on behind the first rows; what is measured begins after it.
        self._page.run_for(1, "getattr(widget, 'wait_ready', lambda: None)()")
        self._page.run_for(1, "changes.stop()")

    def watch(self) -> Painted:
        """Watch while the kernel has nothing else to do."""
        self._begin()
        time.sleep(_WATCH_S)
        began_ms, ended_ms = self._moments(_WATCH_S)
        # What was sent last still gets the time to be painted.
        time.sleep(_AFTER_S)
        return self._end(began_ms, ended_ms)

    def watch_computing(self) -> Painted:
        """Watch while the main thread computes."""
        self._begin()
        self._page.run(2, wait=False)
        time.sleep(_COMPUTE_S - 0.5)
        # Ends before the computing does, so that nothing counts that an idle kernel has sent.
        began_ms, ended_ms = self._moments(_COMPUTE_S - 1.5)
        self._page.wait_for_kernel()
        time.sleep(_AFTER_S)
        return self._end(began_ms, ended_ms)

    def close(self) -> None:
        """End the kernel."""
        self._page.close()

    def _begin(self) -> None:
        self._page.page.bring_to_front()
        self._page.run_for(1, "changes.start()")
        time.sleep(_WARM_S)
        self._page.page.evaluate("selector => recorder.start(selector)", self._selector)

    @staticmethod
    def _moments(back_s: float) -> tuple[float, float]:
        now_ms = time.time() * 1000
        return now_ms - back_s * 1000, now_ms

    def _end(self, began_ms: float, ended_ms: float) -> Painted:
        sent = json.loads(self._page.run_for(1, "print(changes.stop())"))
        recorded = self._page.page.evaluate("() => recorder.stop()")
        return _painted([one for one in sent if began_ms <= one[1] < ended_ms], recorded)


def _painted(sent: Sequence[Any], recorded: dict[str, Any]) -> Painted:
    marks = recorded["marks"]
    ages_ms = [
        # One that was never shown is as old as the end of the watch.
        next((at for mark, at in marks if mark >= tick), recorded["frames"][-1]) - sent_ms
        for tick, sent_ms in sent
    ]
    seen = {mark for mark, _ in marks}
    return Painted(ages_ms, 100 * sum(tick in seen for tick, _ in sent) / len(sent))
