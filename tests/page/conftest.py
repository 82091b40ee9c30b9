"""A page in a real browser that holds the built bundle and a mock of the kernel."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.chromium import shared_page
from tests.page.tab import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route

    Mount = Callable[..., None]

SITE = Path(__file__).parent / "site"
BUNDLE = Path(__file__).parents[2] / "rtwidget" / "static" / "widget.js"
ADDRESS = "http://rtwidget.test/"


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[Tab]:
    with closing(Tab(chromium, ADDRESS, serve)) as tab:
        yield tab


@pytest.fixture
def page(tab: Tab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An open page; an uncaught error in it fails the test."""
    with shared_page(request.session, tab.close):
        yield tab.opened()
    assert tab.errors == []


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
