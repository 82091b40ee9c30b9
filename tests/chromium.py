"""The browser in which tests see what a user sees."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.patience import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium where there is one, else playwright's."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=list(QUIET))


@contextmanager
def shared_page(session: pytest.Session, close: Callable[[], None]) -> Iterator[None]:
    """Close a page that tests share when one of them failed in the block, because that may have left it in any state."""
    failed_before = session.testsfailed
    try:
        yield
    except BaseException:
        close()
        raise
    if session.testsfailed > failed_before:
        close()
