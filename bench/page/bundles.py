"""The pages' scripts, built by npm into a folder."""

from __future__ import annotations

from pathlib import Path

from scripts.npm import run_npm

_FOLDER = Path(__file__).parent


def build_into(folder: Path) -> None:
    """Build the scripts of every grid, after installing what they need.

    Raises:
        RuntimeError: When npm failed; it has said why.
    """
    # `ci`, because results hold for the versions in the lock file only.
    installed = run_npm("ci", "--silent", folder=_FOLDER)
    if installed or run_npm("run", "--silent", "build", "--", str(folder), folder=_FOLDER):
        raise RuntimeError("The other grids could not be built: npm failed, see above.")
