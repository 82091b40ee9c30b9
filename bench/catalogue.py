"""The cases by name, in the order of the table; each module is loaded by the process that runs it."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from bench.cases import Result

# Named and not imported: a case must not pay for the libraries that others are compared with.
CASES: Final = {
    "frames": "bench.network.socket_frames:run",
    "updates-1m": "bench.views.updates:million",
    "updates-100k": "bench.views.updates:hundred_thousand",
    "window": "bench.views.window_reads:run",
    "dataframe": "bench.frames.dataframes:run",
    "memory": "bench.frames.memory:run",
    "painting": "bench.notebook.painting:run",
    "scrolling": "bench.page.scrolling:run",
    "first-rows": "bench.notebook.first_rows:run",
    "loading": "bench.network.full_load:run",
    "bundle": "bench.page.sizes:run",
    "naive": "bench.frames.naive:run",
    "imports": "bench.imports:run",
    "growth": "bench.views.growth:run",
}


def run_case(name: str) -> list[Result]:
    """Run one case in this process."""
    module, _, function = CASES[name].partition(":")
    results: list[Result] = getattr(import_module(module), function)()
    return results
