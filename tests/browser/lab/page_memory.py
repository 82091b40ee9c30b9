"""What a page holds, and whether it grew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page

FEWEST = 6
"""Fewer measures prove nothing."""
GROWTH_MB = 4.0
"""What a heap that lives may breathe; a leak of a frame, a row or a listener for each change is far beyond this."""
GROWTH_COUNT = 300
"""The same for nodes and listeners: JupyterLab's own come and go."""


@dataclass(frozen=True, slots=True)
class PageMemory:
    """A page after a collection.

    Args:
        heap_mb: What its scripts hold, in MB.
        nodes: Its nodes, those that only scripts still know included.
        listeners: Its event listeners.
    """

    heap_mb: float
    nodes: int
    listeners: int

    @classmethod
    def now(cls, page: Page) -> PageMemory:
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = session.send("Performance.getMetrics")["metrics"]
        session.detach()
        values = {one["name"]: one["value"] for one in metrics}
        heap_mb = values["JSHeapUsedSize"] / 1e6
        return cls(heap_mb, int(values["Nodes"]), int(values["JSEventListeners"]))

    def __str__(self) -> str:
        return f"{self.heap_mb:.1f} MB, {self.nodes} nodes, {self.listeners} listeners"


def grown(measures: Sequence[PageMemory]) -> list[str]:
    """Return what grew; the first third of the measures is the warm-up."""
    if len(measures) < FEWEST:
        return [f"only {len(measures)} measures of the page: run it for longer"]
    third = len(measures) // 3
    early, late = measures[third : 2 * third], measures[2 * third :]
    found = []
    for name, slack in (
        ("heap_mb", GROWTH_MB),
        ("nodes", GROWTH_COUNT),
        ("listeners", GROWTH_COUNT),
    ):
        before = median(getattr(measure, name) for measure in early)
        after = median(getattr(measure, name) for measure in late)
        if after - before > slack:
            found.append(f"{name} of the page grew from {before:.0f} to {after:.0f}")
    return found
