"""The cases by name, in the order of the table; each module is loaded by the process that runs it."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from bench.result import Result

CASES: Final = {
    "frames": "bench.socket_frames:run",
    "updates-1m": "bench.updates:million",
    "updates-100k": "bench.updates:hundred_thousand",
    "window-1m": "bench.window_reads:run",
    "frame-of-1m": "bench.dataframes:run",
    "memory": "bench.memory:run",
    "painting": "bench.notebook.painting:run",
    "imports": "bench.imports:run",
}


def run_case(name: str) -> list[Result]:
    """Run one case in this process."""
    module, _, function = CASES[name].partition(":")
    results: list[Result] = getattr(import_module(module), function)()
    return results
