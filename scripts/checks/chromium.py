"""Find a Chromium for the browser tests, or install one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.checks.steps import StepError, output_of

NAMES = ("chromium", "chromium-browser", "google-chrome")


def ensure_chromium() -> str:
    """Return the path of a browser, after installing one where there is none.

    Raises:
        StepError: When none was found and none could be installed.
    """
    found = _found()
    if found is not None:
        return found
    # apt first, because it also brings the system libraries that a browser needs.
    refusals = [refusal for install in (_by_apt, _by_playwright) if (refusal := install())]
    found = _found()
    if found is None:
        raise StepError(
            "The browser tests need Chromium, none was found, and it could not be installed:\n\n"
            + "\n\n".join(refusals)
            + "\n\nInstall one by hand (`apt-get install chromium`, or `python -m playwright install"
            " --with-deps chromium`) so that `chromium` or `google-chrome` is on PATH, and try again."
        )
    return found


def _found() -> str | None:
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if on_path is not None:
        return on_path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def _by_apt() -> str | None:
    """Install with apt where that is allowed; return why it did not work."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return "apt: not available, or not root."
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return _tried(["apt-get", "update"], quiet) or _tried(
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium"], quiet
    )


def _by_playwright() -> str | None:
    """Download playwright's own browser where there is none yet; return why it did not work."""
    if _found() is not None:
        return None
    return _tried([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _tried(command: list[str], environment: dict[str, str]) -> str | None:
    try:
        output_of(command, environment)
    except StepError as error:
        return str(error)
    return None


if __name__ == "__main__":
    print(ensure_chromium())
