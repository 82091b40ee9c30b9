"""Check the front end: it builds, and its types (tsc), lint and format (biome) and own tests are right."""

from __future__ import annotations

from functools import partial

from scripts.checks.record import Record
from scripts.checks.steps import run_module

CHECKS = {
    "js types (tsc)": ("run", "check"),
    "js lint (biome)": ("run", "lint"),
    "js tests": ("test",),
}


def build_js(record: Record) -> None:
    """Build the bundle, which installs the tools where they are missing or old.

    Args:
        record: Where the step is recorded.
    """
    record.step("js bundle (esbuild)", lambda: run_module("scripts.build_js"))


def check_js(record: Record) -> None:
    """Check types, lint and format, and run the front end's own tests.

    Args:
        record: Where the steps are recorded.
    """
    for name, arguments in CHECKS.items():
        record.step(name, partial(run_module, "scripts.npm", *arguments))
