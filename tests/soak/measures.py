"""What must not grow while tables live, and whether it did."""

from __future__ import annotations

import gc
import resource
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

GROWTH_MB = 8.0
"""What the memory may differ by at the end: the allocator's own ups and downs."""
GROWTH_SHARE = 0.04
"""The same, for long runs of large processes."""
SLACK = {"threads": 1, "sockets": 4, "subscriptions": 0}
"""What the counts may differ by: an HTTP client keeps some idle connections, as many as it last needed."""
FEWEST = 6
"""Fewer measures prove nothing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quiet moment, when only the lasting tables are open.

    Args:
        rss_mb: Resident memory of this process, in MB.
        threads: Its threads.
        sockets: Its open sockets.
        subscriptions: What the server holds for it.
    """

    rss_mb: float
    threads: int
    sockets: int
    subscriptions: int

    @classmethod
    def now(cls, subscriptions: int) -> Measure:
        gc.collect()
        return cls(_rss_mb(), threading.active_count(), _sockets(), subscriptions)

    def __str__(self) -> str:
        return (
            f"{self.rss_mb:.0f} MB, {self.threads} threads, {self.sockets} sockets, "
            f"{self.subscriptions} subscriptions"
        )


def grown(measures: Sequence[Measure]) -> list[str]:
    """Return what grew; the first third of the measures is the warm-up."""
    if len(measures) < FEWEST:
        return [f"only {len(measures)} measures: run it for longer"]
    third = len(measures) // 3
    early, late = measures[third : 2 * third], measures[2 * third :]
    before_mb = median(measure.rss_mb for measure in early)
    after_mb = median(measure.rss_mb for measure in late)
    found = []
    if after_mb - before_mb > max(GROWTH_MB, GROWTH_SHARE * before_mb):
        found.append(f"memory grew from {before_mb:.0f} to {after_mb:.0f} MB")
    for name, slack in SLACK.items():
        before = max(getattr(measure, name) for measure in early)
        after = median(getattr(measure, name) for measure in late)
        if after > before + slack:
            found.append(f"{name} grew from {before} to {after:g}")
    return found


def _rss_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    # Elsewhere there is only the peak: it can still show growth.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 1024)


def _sockets() -> int:
    links = [link for link in Path("/proc/self/fd").glob("*") if link.is_symlink()]
    return sum(_target(link).startswith("socket:") for link in links)


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""
