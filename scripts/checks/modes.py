"""The modes of `scripts/check.py`: which steps each runs, and the summary at its end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence

from scripts.checks.chromium import ensure_chromium
from scripts.checks.house import check_house
from scripts.checks.js import check_js
from scripts.checks.steps import ROOT, StepError, run_module, step
from scripts.checks.tests import (
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
    run_tests(tally, "unit tests", UNIT, workers=2)
    run_tests(tally, "property tests", PROPERTY, "--hypothesis-profile=quick", workers=2)
    demand_some(tally)


def unit(tally: Tally) -> None:
    """Unit tests, which cover the rule completely, and property tests, which no line is counted for: that trebles their time."""
    forget_coverage()
    run_tests(tally, "unit tests", UNIT, workers=2, coverage=True)
    demand_some(tally)
    demand_replica_covered()
    run_tests(tally, "property tests", PROPERTY, workers=2)


def integration(tally: Tally) -> None:
    """Test against a real Postgres."""
    edges(tally)
    run_tests(tally, "integration tests, all else", INTEGRATION, *BUT_EDGES, workers=3)


def edges(tally: Tally) -> None:
    """Test the edges and count their lines; the other integration tests would only take longer for it."""
    run_tests(tally, "integration tests, the edges", EDGES, workers=2, coverage=True)


def convergence(tally: Tally) -> None:
    """Simulate every known loss, and compare with a real Postgres after real ones."""
    simulation(tally)
    run_tests(tally, "oracle on real Postgres", ORACLE)


def simulation(tally: Tally) -> None:
    """Simulate every known loss, in two processes of its own."""
    run_tests(tally, "simulation", ["tests/sim"])


def browser(tally: Tally) -> None:
    """Test in a real browser."""
    step("chromium", ensure_chromium)
    run_tests(tally, "the front end in Chromium", ["tests/page"])
    run_tests(tally, "JupyterLab in Chromium", ["tests/browser"], f"--ignore={SHORTCUTS}")
    # A step of its own, because both together come near a step's limit on a slow day.
    run_tests(tally, "every shortcut in Chromium", [SHORTCUTS])


def everything(tally: Tally) -> None:
    """Check everything, the fastest first."""
    for part in (lint, types, js, unit, edges):
        part(tally)
    # The oracle waits most of its time, so it runs beside tests that do so too.
    waiting = (*INTEGRATION, *ORACLE)
    run_tests(tally, "integration tests and the oracle", waiting, *BUT_EDGES, workers=3)
    for part in (simulation, browser, run_notebooks):
        part(tally)
    demand_some(tally)
    demand_covered()


TYPED = ("rtwidget", "tests", "scripts", "bench")
UNIT = ("tests/unit",)
PROPERTY = ("tests/property",)
INTEGRATION = ("tests/integration",)
EDGES = ("tests/integration/doctor", "tests/integration/supabase")
BUT_EDGES = tuple(f"--ignore={folder}" for folder in EDGES)
ORACLE = ("tests/oracle",)
SHORTCUTS = "tests/browser/test_keys.py"
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
