"""Runs a test on a virtual clock: waits cost no time, and the clock says exactly what they would have cost."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.sim.runs.clock import VirtualLoop

T = TypeVar("T")


def played(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Return what some work on a virtual clock returns."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()
