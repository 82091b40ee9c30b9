"""The modes of `scripts/check.py`: which steps each runs, and the summary at its end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence

from scripts.check_chromium import ensure_chromium
from scripts.check_house import check_house
from scripts.check_js import check_js
from scripts.check_steps import ROOT, StepError, run_module, step
from scripts.check_tests import (
    Tally,
    demand_covered,
    demand_replica_covered,
    demand_some,
    forget_coverage,
    run_notebooks,
    run_tests,
)

USAGE_CODE = 2


def main(arguments: Sequence[str]) -> int:
    """Run the steps of one mode; return 0 only if all of them succeeded."""
    if len(arguments) != 1 or arguments[0] not in MODES:
        print(f"Usage: python scripts/check.py {'|'.join(MODES)}")
        return USAGE_CODE
    mode, tally, began = arguments[0], Tally(), time.monotonic()
    os.chdir(ROOT)
    try:
        MODES[mode](tally)
    except StepError:
        tally.failed = max(1, tally.failed)
    print(f"\n{mode}: {time.monotonic() - began:.0f} s")
    print(tally)
    return 1 if tally.failed else 0


def lint(_tally: Tally) -> None:
    """Lint, format and house rules."""
    run_module("lint (ruff)", "ruff", "check")
    run_module("format (ruff)", "ruff", "format", "--check")
    step("house rules", check_house)


def types(_tally: Tally) -> None:
    """Types, as strict as mypy can be."""
    # mypy refuses a folder without Python files.
    run_module(
        "types (mypy)", "mypy", *(name for name in TYPED if any(ROOT.glob(f"{name}/**/*.py")))
    )


def js(_tally: Tally) -> None:
    """Check the front end."""
    check_js()


def quick(tally: Tally) -> None:
    """Check what takes under a minute, with fewer generated examples."""
    lint(tally)
    types(tally)
    run_tests(tally, "unit tests", UNIT, workers=True)
    run_tests(tally, "property tests", PROPERTY, "--hypothesis-profile=quick", workers=True)
    demand_some(tally)


def unit(tally: Tally) -> None:
    """Unit tests, which cover the rule completely, and property tests, which no line is counted for: that trebles their time."""
    forget_coverage()
    run_tests(tally, "unit tests", UNIT, workers=True, coverage=True)
    demand_some(tally)
    demand_replica_covered()
    run_tests(tally, "property tests", PROPERTY, workers=True)


def integration(tally: Tally) -> None:
    """Test against a real Postgres; the edges count lines, the other tests would only take longer for it."""
    run_tests(tally, "integration tests, the edges", EDGES, workers=True, coverage=True)
    run_tests(
        tally,
        "integration tests, all else",
        ["tests/integration"],
        *(f"--ignore={folder}" for folder in EDGES),
        workers=True,
    )


def convergence(tally: Tally) -> None:
    """Simulate every known loss, and compare with a real Postgres after real ones."""
    run_tests(tally, "simulation", ["tests/sim"])
    run_tests(tally, "oracle on real Postgres", ["tests/oracle"])


def browser(tally: Tally) -> None:
    """Test in a real browser."""
    folders = [
        folder for folder in ("tests/page", "tests/browser") if ROOT.joinpath(folder).exists()
    ]
    if folders:
        step("chromium", ensure_chromium)
        run_tests(tally, "browser tests", folders)


def everything(tally: Tally) -> None:
    """Check everything, the fastest first."""
    for part in (lint, types, js, unit, integration, convergence, browser):
        part(tally)
    run_notebooks(tally)
    demand_some(tally)
    demand_covered()


TYPED = ("rtwidget", "tests", "scripts", "bench")
UNIT = ("tests/unit",)
PROPERTY = ("tests/property",)
EDGES = ("tests/integration/doctor", "tests/integration/supabase")
MODES: Mapping[str, Callable[[Tally], None]] = {
    "all": everything,
    "quick": quick,
    "lint": lint,
    "types": types,
    "js": js,
    "unit": unit,
    "integration": integration,
    "convergence": convergence,
    "browser": browser,
    "notebooks": run_notebooks,
}
