"""Build rtwidget/static/widget.js and labextension/ from rtwidget/js: `python -m scripts.build_js`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from scripts.npm import FOLDER, run_npm

_BUILT = Path(__file__).resolve().parent.parent / "labextension"
_INSTALLED = Path(sys.prefix, "share", "jupyter", "labextensions", "rtwidget")


def main() -> int:
    """Install the tools where they are missing or old, then build; return npm's exit code."""
    if _tools_are_old() and (code := run_npm("ci")) != 0:
        return code
    code = run_npm("run", "build")
    if code == 0 and _INSTALLED.exists():
        # An editable install leads to the sources of the package, but copies what JupyterLab reads.
        shutil.rmtree(_INSTALLED)
        shutil.copytree(_BUILT, _INSTALLED)
    return code


def _tools_are_old() -> bool:
    # npm writes this file last, so a broken install counts as none.
    installed = FOLDER / "node_modules" / ".package-lock.json"
    lock = FOLDER / "package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
