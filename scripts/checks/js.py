"""Check the front end: it builds, and its types (tsc), lint and format (biome) and own tests are right."""

from __future__ import annotations

from scripts.checks.steps import run_module

CHECKS = {
    "js types (tsc)": ("run", "check"),
    "js lint (biome)": ("run", "lint"),
    "js tests": ("test",),
}


def check_js() -> None:
    """Build the bundle, which installs the tools where they are missing or old; then run every check."""
    run_module("js bundle (esbuild)", "scripts.build_js")
    for name, arguments in CHECKS.items():
        run_module(name, "scripts.npm", *arguments)
