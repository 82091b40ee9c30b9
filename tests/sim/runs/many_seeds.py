"""Many seeds, in several processes; what failed comes back, smallest seed first."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.sim.runs.plan import on_postgres
from tests.sim.runs.run import run_seed

_CHUNK = 25


def replay(seed: int, *, postgres: bool = False) -> str:
    """Return the command that plays a seed again with its trace."""
    return f"make sim SEED={seed}{' SOURCE=postgres' if postgres else ''}"


def failures(
    seeds: Iterable[int], jobs: int, *, postgres: bool = False
) -> Iterator[tuple[int, str | None]]:
    """Play seeds, and return for each what was wrong, in their order.

    Args:
        seeds: The seeds.
        jobs: In how many processes.
        postgres: Whether on PostgreSQL itself.
    """
    # A fresh interpreter for each process: nothing of this one can leak into a run.
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin) as pool:
        yield from pool.map(_play_on_postgres if postgres else _play, seeds, chunksize=_CHUNK)


def _begin() -> None:
    # Faults end feeds with a log entry; here only what the oracle says matters.
    logging.disable(logging.CRITICAL)


def _play(seed: int) -> tuple[int, str | None]:
    return seed, run_seed(seed).failure


def _play_on_postgres(seed: int) -> tuple[int, str | None]:
    return seed, run_seed(seed, adjust=on_postgres).failure
