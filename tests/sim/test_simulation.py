"""The real feed on a virtual clock against a world that loses, delays, repeats and refuses, seed by seed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from secrets import randbelow

import pytest

from tests.sim.runs.many_seeds import failures, replay
from tests.sim.runs.run import run_seed

_JOBS = 2
_SEEDS = int(os.environ.get("RTWIDGET_SIM_SEEDS", "500"))
_FIRST = randbelow(2**31)


def corpus() -> list[int]:
    lines = Path(__file__).with_name("corpus.txt").read_text(encoding="utf-8").splitlines()
    seeds = [line.partition("#")[0].strip() for line in lines]
    return [int(seed) for seed in seeds if seed]


def digest(seed: int) -> str:
    return sha256(repr(run_seed(seed).trace).encode()).hexdigest()


@pytest.mark.timeout(600)
def test_fresh_seeds(record_property: Callable[[str, object], None]) -> None:
    record_property("seeds simulated", _SEEDS)
    found = [
        f"{replay(s)}  # {why}" for s, why in failures(range(_FIRST, _FIRST + _SEEDS), _JOBS) if why
    ]
    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
def test_corpus(record_property: Callable[[str, object], None]) -> None:
    record_property("seeds simulated", len(corpus()))
    found = [f"{replay(s)}  # {why}" for s, why in failures(corpus(), _JOBS) if why]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_seed_replays_exactly_in_another_process(seed: int) -> None:
    program = f"from tests.sim.test_simulation import digest; print(digest({seed}))"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    played = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    assert played.stdout.strip() == digest(seed)


def test_a_seed_means_another_run_than_its_neighbour() -> None:
    assert digest(1) != digest(2)
