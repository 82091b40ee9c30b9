"""JupyterLab, Chromium and the kernels that the cases run in."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.checks.chromium import ensure_chromium
from scripts.checks.steps import ROOT
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.chromium import QUIET

OLDER_IPYKERNEL = "7.3.0"
OLDER_KERNEL = "ipykernel-7.3"
_RECORDER = Path(__file__).with_name("recorder.js")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser."""
    path = ensure_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """A running JupyterLab and a browser.

    Args:
        lab: The server.
        browser: The browser.
    """

    lab: Lab
    browser: Browser

    def open(self, name: str, cells: list[str], kernel_name: str = "python3") -> NotebookPage:
        """Open a notebook with these cells."""
        self.lab.write_notebook(f"{name}.ipynb", cells, kernel_name)
        page = NotebookPage(self.lab, self.browser, f"{name}.ipynb")
        # Every table gets the same room, whatever JupyterLab shows beside the notebook.
        page.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
        page.page.add_script_tag(path=_RECORDER)
        return page


@contextmanager
def stage(environment: dict[str, str] | None = None, *, older: bool = False) -> Iterator[Stage]:
    """Run JupyterLab and a browser.

    Args:
        environment: What kernels see besides this process's environment.
        older: Whether there is a kernel of an older ipykernel, too.
    """
    # A kernel that is ending may still write while its folder goes.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if older:
            _add_older_kernel(folder)
        known = {"PYTHONPATH": str(ROOT)}
        with Lab(folder, {**known, **(environment or {})}) as lab, chromium() as browser:
            yield Stage(lab, browser)


def _add_older_kernel(folder: Path) -> None:
    """Make a kernel that differs from ours in ipykernel alone: its own comes first, all else is shared."""
    home = folder / OLDER_KERNEL
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    packages = sysconfig.get_path("purelib", vars={"base": str(home)})
    install = ["install", "--quiet", "--no-deps", "--target", packages]
    subprocess.run(
        [sys.executable, "-m", "pip", *install, f"ipykernel=={OLDER_IPYKERNEL}"], check=True
    )
    # By `addsitedir`, which follows .pth files, so that an editable install is found as well.
    shared = sysconfig.get_path("purelib")
    Path(packages, "shared.pth").write_text(f"import site; site.addsitedir({shared!r})\n")
    spec = folder / "data" / "kernels" / OLDER_KERNEL
    spec.mkdir(parents=True)
    arguments = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    description = {"argv": arguments, "display_name": OLDER_KERNEL, "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(description))
