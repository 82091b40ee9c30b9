"""A page in a real browser that holds the built bundle and a mock of the kernel."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.patience import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright, Route

    Mount = Callable[..., None]

SITE = Path(__file__).parent / "site"
BUNDLE = Path(__file__).parents[2] / "rtwidget" / "static" / "widget.js"
ADDRESS = "http://rtwidget.test/"
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

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the module.

    Not for the whole session: playwright's loop in this thread would stop asyncio tests elsewhere.
    """
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium where there is one, else playwright's."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=list(QUIET))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An open page; an uncaught error in it fails the test."""
    context = chromium.new_context(
        viewport={"width": 1200, "height": 700}, timezone_id="Europe/Berlin", locale="en-US"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve)
    page.goto(ADDRESS)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def mount(page: Page) -> Mount:
    """Show a table: columns, and options of the mock kernel by name."""

    def show(columns: list[dict[str, Any]] | None = None, **options: object) -> None:
        chosen = COLUMNS if columns is None else columns
        page.wait_for_function("window.rig !== undefined")
        page.evaluate("options => rig.mount(options)", {"columns": chosen, **options})

    return show


COLUMNS = [
    {"name": "id", "kind": "int", "key": True},
    {"name": "title", "kind": "text", "key": False},
]


def serve(route: Route) -> None:
    name = route.request.url.removeprefix(ADDRESS) or "index.html"
    file = BUNDLE if name == BUNDLE.name else SITE / name
    if file.is_file():
        route.fulfill(path=file)
    else:
        route.fulfill(status=404)
