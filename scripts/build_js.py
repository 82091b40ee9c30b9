"""Build rtwidget/static/widget.js from rtwidget/js: `python -m scripts.build_js`."""

from __future__ import annotations

import sys

from scripts.npm import FOLDER, run_npm


def main() -> int:
    """Install the tools where they are missing or old, then build; return npm's exit code."""
    if _tools_are_old() and (code := run_npm("ci")) != 0:
        return code
    return run_npm("run", "build")


def _tools_are_old() -> bool:
    # npm writes this file last, so a broken install counts as none.
    installed = FOLDER / "node_modules" / ".package-lock.json"
    lock = FOLDER / "package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
