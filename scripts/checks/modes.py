"""The modes of `scripts/check.py`: which steps each runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from scripts.checks.chromium import ensure_chromium
from scripts.checks.js import build_js, check_js
from scripts.checks.record import Record, side_by_side
from scripts.checks.steps import ROOT, run_module
from scripts.checks.tests import (
    demand_covered,
    demand_replica_covered,
    demand_some,
    forget_coverage,
    run_notebooks,
    run_tests,
)
from scripts.house.house import check_house
from scripts.house.spec import check_spec

USAGE_CODE = 2


def main(arguments: Sequence[str]) -> int:
    """Run the steps of one mode; return 0 only if all of them succeeded."""
    if len(arguments) != 1 or arguments[0] not in MODES:
        print(f"Usage: python scripts/check.py {'|'.join(MODES)}")
        return USAGE_CODE
    # Tools look for their settings, and steps for their folders, where they are started.
    os.chdir(ROOT)
    record = Record()
    MODES[arguments[0]](record)
    print(record.summary(arguments[0]))
    return 0 if record.ok else 1


def lint(record: Record) -> None:
    """Lint, format and house rules."""
    record.step("lint (ruff)", lambda: run_module("ruff", "check"))
    record.step("format (ruff)", lambda: run_module("ruff", "format", "--check"))
    record.step("house rules", check_house)
    record.step("specification", check_spec)


def types(record: Record) -> None:
    """Types, as strict as mypy can be."""
    record.step("types (mypy)", lambda: run_module("mypy", *TYPED))


def js(record: Record) -> None:
    """Check the front end."""
    build_js(record)
    check_js(record)


def quick(record: Record) -> None:
    """Check what takes under a minute, with fewer generated examples."""
    side_by_side(record, (lint, types), (quick_tests,))
    demand_some(record)


def quick_tests(record: Record) -> None:
    """Run the unit tests but those that take seconds, and the property tests on fewer examples."""
    chosen = (*FEW_EXAMPLES, *BUT_SLOW)
    run_tests(record, "unit and property tests", (*UNIT, *PROPERTY), *chosen, workers=4)


def unit(record: Record) -> None:
    """Unit tests, which cover the rule completely, and property tests, which no line is counted for: that trebles their time."""
    # Several runs add to one file, so what an older run left there would count as covered.
    forget_coverage()
    run_tests(record, "unit tests", UNIT, workers=4, coverage=True)
    demand_some(record)
    demand_replica_covered(record)
    run_tests(record, "property tests", PROPERTY, workers=2)


def integration(record: Record) -> None:
    """Test against a real Postgres."""
    edges(record)
    run_tests(record, "integration tests, all else", INTEGRATION, *BUT_EDGES, workers=3)


def edges(record: Record) -> None:
    """Test the edges and count their lines; the other integration tests would only take longer for it."""
    run_tests(record, "integration tests, the edges", EDGES, workers=2, coverage=True)


def convergence(record: Record) -> None:
    """Simulate every known loss, and compare with a real Postgres after real ones."""
    simulation(record)
    run_tests(record, "oracle on real Postgres", ORACLE)


def simulation(record: Record) -> None:
    """Simulate every known loss, in two processes of its own."""
    run_tests(record, "simulation", ["tests/sim"])


def browser(record: Record) -> None:
    """Test in a real browser."""
    record.step("chromium", ensure_chromium)
    run_tests(record, "the front end in Chromium", PAGE, workers=2)
    run_tests(record, "JupyterLab in Chromium", BROWSER, workers=2)


def everything(record: Record) -> None:
    """Check everything: first what computes, then what waits for servers beside what draws in browsers.

    Not more at a time than keeps two cores busy: what waits for one costs more, because it asks again and again meanwhile.
    """
    # First and alone, because the browsers and the checks of the front end need what it builds or installs.
    build_js(record)
    side_by_side(record, (lint, types, check_js), (unit,))
    side_by_side(record, (browser, run_notebooks, edges, simulation), (waiting,))
    demand_covered(record)


def waiting(record: Record) -> None:
    """Test against a real Postgres; the oracle waits most of its time, so it runs beside tests that do so too."""
    places = (*INTEGRATION, *ORACLE)
    run_tests(record, "integration tests and the oracle", places, *BUT_EDGES, workers=2)


TYPED = ("rtwidget", "tests", "scripts", "bench")
UNIT = ("tests/unit",)
PROPERTY = ("tests/property",)
FEW_EXAMPLES = ("--hypothesis-profile=quick",)
BUT_SLOW = ("-m", "not slow")
INTEGRATION = ("tests/integration",)
EDGES = ("tests/integration/doctor", "tests/integration/supabase")
BUT_EDGES = tuple(f"--ignore={folder}" for folder in EDGES)
ORACLE = ("tests/oracle",)
PAGE = ("tests/page",)
BROWSER = ("tests/browser",)
MODES: Mapping[str, Callable[[Record], None]] = {
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
