"""JupyterLab as a child process, on a scratch copy of the demo's notebook."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.demo.demo_notebook import NAME, notebook_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

STOP_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 2.0
_PAGE_CONFIG = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
"""No question about news, and no word of a newer JupyterLab, over the table. `LabApp.news_url=None` still asks (4.6)."""


class Lab:
    """A JupyterLab server that ends with its `with` block, kernels included.

    Args:
        environment: What kernels see besides this process's environment.
        port: Port to listen on; 0 takes a free one.
        browser: Open a browser.
    """

    def __init__(self, environment: Mapping[str, str], port: int, *, browser: bool) -> None:
        if find_spec("jupyterlab") is None:
            raise LocalBackendError(
                "The demo needs JupyterLab, which is not installed.",
                "Run `pip install 'rtwidget[demo]'`.",
            )
        self._notebook = notebook_text()
        self._environment = environment
        self._browser = browser
        self._token = secrets.token_hex(16)
        self._port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    @property
    def url(self) -> str:
        """Address of the notebook, token included."""
        return f"http://127.0.0.1:{self._port}/lab/tree/{NAME}?token={self._token}"

    def __enter__(self) -> Self:
        self._scratch = tempfile.TemporaryDirectory(
            prefix="rtwidget-demo-", ignore_cleanup_errors=True
        )
        directory = Path(self._scratch.name)
        (directory / NAME).write_text(self._notebook, encoding="utf-8")
        hidden = directory / ".jupyter"
        page_config = hidden / "labconfig" / "page_config.json"
        page_config.parent.mkdir(parents=True)
        page_config.write_text(json.dumps(_PAGE_CONFIG), encoding="utf-8")
        options = [f"--ServerApp.port={self._port}", "--ServerApp.port_retries=0"]
        options += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={directory}"]
        options += [] if self._browser else ["--no-browser"]
        if sys.platform != "win32" and os.geteuid() == 0:
            options.append("--allow-root")
        with (directory / ".lab.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "jupyterlab", *options, str(directory / NAME)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={
                    **os.environ,
                    **self._environment,
                    # The token goes by the environment because others can read command lines.
                    "JUPYTER_TOKEN": self._token,
                    # Beside what the user configured, so that themes and shortcuts are theirs.
                    "JUPYTER_CONFIG_PATH": os.pathsep.join(
                        filter(None, (str(hidden), os.environ.get("JUPYTER_CONFIG_PATH")))
                    ),
                    # A workspace of the user's would bring its tabs, of files that are not here.
                    "JUPYTERLAB_WORKSPACES_DIR": str(hidden / "workspaces"),
                },
                cwd=directory,
                # Ctrl-C is for this process, which then ends Lab in order.
                start_new_session=True,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._scratch is not None:
            self._scratch.cleanup()

    def has_ended(self) -> bool:
        """Tell whether Lab ended by itself."""
        return self._process is not None and self._process.poll() is not None

    def is_ready(self) -> bool:
        """Tell whether Lab answers."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self._port}/api", timeout=ANSWER_TIMEOUT_S
            ):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def log_tail(self) -> str:
        """Return the last lines of Lab's log."""
        if self._scratch is None:
            return ""
        log = Path(self._scratch.name) / ".lab.log"
        return log.read_text(encoding="utf-8", errors="replace")[-1500:]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
