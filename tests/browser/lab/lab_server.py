"""A real JupyterLab and one page of it in a real Chromium."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from tests.browser.lab.serving import free_port, wait_until_up

_QUIET_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


class Lab:
    """JupyterLab on a scratch folder; ends with its `with` block.

    Args:
        folder: Where its notebooks, settings and log stand.
        environment: What its kernels see besides this process's environment.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._environment = environment
        self._token = secrets.token_hex(8)
        self._port = free_port()

    def __enter__(self) -> Self:
        settings = self.folder / "settings"
        for name, content in _QUIET_SETTINGS.items():
            path = settings / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content))
        notebooks = self.folder / "notebooks"
        notebooks.mkdir()
        options = [
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self._port}",
            f"--ServerApp.root_dir={notebooks}",
            "--expose-app-in-browser",
            "--JupyterNotebookApp.expose_app_in_browser=True",
        ]
        if sys.platform != "win32" and os.geteuid() == 0:
            options.append("--allow-root")
        environment = {
            **os.environ,
            **self._environment,
            "JUPYTER_TOKEN": self._token,
            "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
            "JUPYTER_PATH": str(self.data),
            "JUPYTERLAB_SETTINGS_DIR": str(settings),
            "JUPYTERLAB_WORKSPACES_DIR": str(self.folder / "workspaces"),
            "IPYTHONDIR": str(self.folder / "ipython"),
        }
        self.log = (self.folder / "lab.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        probe = f"http://127.0.0.1:{self._port}/api/status?token={self._token}"
        wait_until_up(probe, self._process, self.folder / "lab.log")
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.log.close()

    def write_notebook(self, name: str, cells: list[str], kernel: str = "python3") -> None:
        """Put a notebook with these code cells into the folder, to be run by that kernel."""
        code: dict[str, Any] = {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
        }
        specification = {"name": kernel, "display_name": kernel, "language": "python"}
        notebook = {
            "cells": [
                {**code, "id": f"cell-{place}", "source": cell} for place, cell in enumerate(cells)
            ],
            "metadata": {"kernelspec": specification},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (self.folder / "notebooks" / name).write_text(json.dumps(notebook))

    def address(self, name: str) -> str:
        """Return where a notebook opens, in a workspace of its own."""
        place = f"w{time.time_ns()}/tree/{name}"
        return f"http://127.0.0.1:{self._port}/lab/workspaces/{place}?reset&token={self._token}"

    def notebook_address(self, name: str) -> str:
        """Return where a notebook opens in Notebook 7, which the same server serves."""
        return f"http://127.0.0.1:{self._port}/notebooks/{name}?token={self._token}"
