"""One page of JupyterLab for one notebook after the other, because to load it takes longer than most tests."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage, lab_tab
from tests.chromium import shared_page


class LabPage:
    """Loads JupyterLab when a notebook is first opened.

    Args:
        lab: The server.
        browser: The browser.
    """

    def __init__(self, lab: Lab, browser: Browser) -> None:
        self._lab = lab
        self._browser = browser
        self._page: Page | None = None

    def open(self, name: str) -> NotebookPage:
        """Open a notebook that stands in the folder."""
        if self._page is None:
            self._page = lab_tab(self._browser)
        return NotebookPage(self._lab, self._page, name)

    def lent(self, session: pytest.Session) -> AbstractContextManager[None]:
        """Load it anew after the block when a test of it failed."""
        return shared_page(session, self._forget)

    def _forget(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.context.close()
