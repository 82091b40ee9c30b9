"""One tab for one test after the other, because a new one takes longer than most of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Browser, Error, Page, Route, ViewportSize

from tests.patience import PATIENCE_MS

SIZE: Final[ViewportSize] = {"width": 1200, "height": 700}
# What playwright's clock leaves in a page, and in every page that is loaded in its place.
HAS_CLOCK: Final = "'__pwClock' in globalThis"


class Tab:
    """A tab that is as good as new for each test.

    Args:
        browser: The browser.
        address: What is opened.
        serve: Answers every request.
        size: How much of the page shows.
        zone: The time zone of who looks at it.
        locale: Their language.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        serve: Callable[[Route], None],
        *,
        size: ViewportSize = SIZE,
        zone: str = "Europe/Berlin",
        locale: str = "en-US",
    ) -> None:
        self._browser = browser
        self._address = address
        self._serve = serve
        self._size = size
        self._zone = zone
        self._locale = locale
        self._page: Page | None = None
        self.errors: list[str] = []

    def opened(self) -> Page:
        """Return the page, just opened."""
        if self._page is not None:
            self._clean(self._page)
        if self._page is None:
            self._page = self._new()
        self.errors.clear()
        self._page.goto(self._address)
        return self._page

    def close(self) -> None:
        """Close it; a test that failed may have left it in any state."""
        page, self._page = self._page, None
        if page is not None:
            page.context.close()

    def _new(self) -> Page:
        context = self._browser.new_context(
            viewport=self._size, timezone_id=self._zone, locale=self._locale
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", self._serve)
        page = context.new_page()
        page.on("pageerror", self._note)
        return page

    def _note(self, error: Error) -> None:
        self.errors.append(str(error))

    def _clean(self, page: Page) -> None:
        """Take back what a test may have changed, or close the page where that cannot be taken back."""
        if page.evaluate(HAS_CLOCK):
            self.close()
            return
        page.unroute_all()
        # What the page stores when it is left is stored before it is forgotten.
        page.goto(f"{self._address}empty.html")
        page.evaluate("localStorage.clear(); sessionStorage.clear();")
        page.mouse.move(0, 0)
        page.set_viewport_size(self._size)
        page.emulate_media(
            media="null",
            color_scheme="light",
            reduced_motion="no-preference",
            forced_colors="none",
            contrast="no-preference",
        )
