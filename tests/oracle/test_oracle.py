"""Whatever is written and whatever goes wrong, each live table comes to equal its `select`."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from rtwidget.feed.reads import rate_limiter
from rtwidget.replica.schedule.token_bucket import TokenBucket
from tests.oracle.conftest import LANES
from tests.oracle.lane import Lane
from tests.oracle.run import Run

BATCHES_A_RUN = 10
BATCHES = int(os.environ.get("RTWIDGET_ORACLE_BATCHES", "200"))
GIVEN = os.environ.get("RTWIDGET_ORACLE_SEED")
RUNS = max(1, BATCHES // BATCHES_A_RUN)
POSTGRES_SHARE = 5
"""One run in so many is on PostgreSQL alone: less can go wrong."""
# Workers of pytest-xdist have to collect the same seeds; alone, there is no id, and the seeds are the system's.
FRESH = Random(os.environ.get("PYTEST_XDIST_TESTRUNUID"))
SEEDS = [int(GIVEN)] if GIVEN else [FRESH.randrange(2**32) for _ in range(RUNS)]
GROUPS = [SEEDS[start : start + LANES] for start in range(0, len(SEEDS), LANES)]
POSTGRES_GROUPS = GROUPS[: max(1, len(GROUPS) // POSTGRES_SHARE)]
SUPABASE_GROUPS = GROUPS[len(POSTGRES_GROUPS) :] or GROUPS


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget of reads is tested elsewhere; here it would only be waited for."""
    monkeypatch.setattr(rate_limiter, "TokenBucket", lambda: TokenBucket(per_s=200, burst=200))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seeds", SUPABASE_GROUPS, ids=lambda seeds: "-".join(map(str, seeds)))
def test_replicas_equal_their_selects(
    seeds: list[int], lanes: list[Lane], record_property: Callable[[str, object], None]
) -> None:
    record_property("oracle batches", BATCHES_A_RUN * len(seeds))
    go(seeds, lanes)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seeds", POSTGRES_GROUPS, ids=lambda seeds: "-".join(map(str, seeds)))
def test_replicas_of_postgres_equal_their_selects(
    seeds: list[int], postgres_lanes: list[Lane], record_property: Callable[[str, object], None]
) -> None:
    record_property("oracle batches", BATCHES_A_RUN * len(seeds))
    go(seeds, postgres_lanes)


def go(seeds: list[int], lanes: list[Lane]) -> None:
    """Do a run of each seed, side by side."""
    with ThreadPoolExecutor(LANES) as threads:
        runs = [Run(seed, lane) for seed, lane in zip(seeds, lanes, strict=False)]
        ended = [threads.submit(run.go, BATCHES_A_RUN) for run in runs]
    problems = [problem for future in ended if (problem := future.exception()) is not None]
    assert not problems, "\n\n".join(map(str, problems))
