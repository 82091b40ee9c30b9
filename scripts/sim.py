"""Play the simulation: python -m scripts.sim [--seed N] [--seeds 10000] [--first N] [--jobs 2] [--postgres] [--verbose]."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from secrets import randbelow

from tests.sim.runs.many_seeds import failures, replay
from tests.sim.runs.plan import on_postgres
from tests.sim.runs.run import run_seed

_TOLD_EVERY = 1000


def main() -> int:
    """Play one seed with its trace, or many; return 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="play this seed only")
    parser.add_argument("--seeds", type=int, default=10_000, help="how many fresh seeds")
    parser.add_argument("--first", type=int, help="the first of them; chance decides if not given")
    parser.add_argument("--jobs", type=int, default=2, help="in how many processes")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL itself")
    parser.add_argument("--verbose", action="store_true", help="with --seed: show what happens")
    options = parser.parse_args()
    if options.seed is not None:
        return _one(options.seed, postgres=options.postgres, verbose=options.verbose)
    # Other seeds each time, because the same ones would find nothing new.
    first = randbelow(2**31) if options.first is None else options.first
    return _many(range(first, first + options.seeds), options.jobs, postgres=options.postgres)


def _one(seed: int, *, postgres: bool, verbose: bool) -> int:
    # Every seed loses connections, and each loss is logged.
    logging.disable(logging.NOTSET if verbose else logging.CRITICAL)
    outcome = run_seed(seed, adjust=on_postgres) if postgres else run_seed(seed)
    if verbose:
        for at_s, *what in outcome.trace:
            print(f"{at_s:10.3f}", *what)
    print(f"seed {seed}: {outcome.failure or 'everything held'}")
    return 1 if outcome.failure else 0


def _many(seeds: range, jobs: int, *, postgres: bool) -> int:
    began, failed = time.monotonic(), 0
    for played, (seed, failure) in enumerate(failures(seeds, jobs, postgres=postgres), 1):
        if failure:
            failed += 1
            print(f"{replay(seed, postgres=postgres)}  # {failure}", flush=True)
        if played % _TOLD_EVERY == 0:
            print(f"{played} seeds, {failed} failed", flush=True)
    rate = len(seeds) / (time.monotonic() - began)
    print(f"{len(seeds)} seeds from {seeds.start}, {failed} failed, {rate:.0f} seeds/s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
