"""What VS Code and Colab demand of a widget, by the book: one module, nothing from the network, nothing outside its element."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from rtwidget.widget.live_table import LiveTable
from tests.page.conftest import ADDRESS, BUNDLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

MOST_BYTES = 40_000
NETWORK = (
    r"https?://",
    r"\bfetch\(",
    r"XMLHttpRequest",
    r"WebSocket",
    r"EventSource",
    r"sendBeacon",
    r"\bWorker\(",
    r"\bimport\s*[({\"']",
    r"@import",
    r"@font-face",
    r"\burl\(",
)
CODE_FROM_TEXT = (r"\beval\(", r"\bFunction\(", r"innerHTML", r"document\.write")
GLOBALS = """() => ({
    names: Object.keys(window).sort(),
    head: document.head.innerHTML,
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    body: [...document.body.children].map((element) => element.cloneNode(false).outerHTML),
    look: ["color", "background-color", "font", "margin", "box-sizing"].map(
        (name) => getComputedStyle(document.body).getPropertyValue(name)),
})"""
# All that the anywidget specification gives a widget.
MODEL = {"get", "set", "save_changes", "send", "on", "off", "widget_manager"}


@pytest.fixture(scope="module")
def bundle() -> str:
    return BUNDLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def extension() -> str:
    """What JupyterLab loads besides, for the pictures of notebooks without a kernel."""
    (entry,) = (BUNDLE.parents[2] / "labextension" / "static").iterdir()
    return entry.read_text(encoding="utf-8")


@pytest.mark.parametrize("forbidden", [*NETWORK, *CODE_FROM_TEXT])
def test_what_is_shipped_loads_nothing_and_makes_no_code_of_text(
    bundle: str, extension: str, forbidden: str
) -> None:
    assert re.findall(f".{{0,40}}{forbidden}.{{0,20}}", bundle + extension) == []


def test_the_bundle_is_one_small_module(bundle: str) -> None:
    assert len(gzip.compress(bundle.encode())) < MOST_BYTES
    assert re.findall(r"export\s*\{[^}]*as default\s*\}", bundle) != []


def test_no_stylesheet_is_handed_to_the_page() -> None:
    # anywidget would put it into the page's head, where it holds for everything.
    assert getattr(LiveTable, "_css", None) is None


def test_a_view_asks_the_network_for_nothing(page: Page, mount: Mount) -> None:
    asked: list[str] = []
    mount(total=1000)
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Filters").click()
    page.locator(".viewport").evaluate("box => { box.scrollTop = 500 * 24; }")
    expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    assert asked == []


def test_a_page_that_allows_no_network_and_no_eval_shows_a_table(page: Page, mount: Mount) -> None:
    # Stricter than VS Code's own policy; styles of a shadow root are inline ones.
    policy = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'"
    page.route(
        ADDRESS,
        lambda route: route.fulfill(
            body='<!doctype html><div id="cell"></div><script type="module" src="mock.js"></script>',
            content_type="text/html",
            headers={"content-security-policy": policy},
        ),
    )
    page.goto(ADDRESS)
    page.evaluate(
        "addEventListener('securitypolicyviolation', (event) => { window.violated = event.blockedURI; })"
    )
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    assert page.evaluate("window.violated") is None


def test_a_view_touches_nothing_outside_its_element(page: Page, mount: Mount) -> None:
    page.wait_for_function("window.rig !== undefined")
    before: dict[str, Any] = page.evaluate(GLOBALS)
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    assert page.evaluate(GLOBALS) == before
    assert page.evaluate("document.querySelector('#cell').shadowRoot") is None
    assert page.locator("#cell > *").count() == 1


def test_a_view_uses_only_what_anywidget_gives(page: Page, mount: Mount) -> None:
    page.wait_for_function("window.rig !== undefined")
    page.evaluate(
        """() => {
            window.used = new Set();
            const real = rig.model;
            const model = new Proxy(real, {
                get(target, name) { used.add(String(name)); return target[name]; },
            });
            rig.wrap = () => model;
        }"""
    )
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    used = set(page.evaluate("[...used]"))
    assert used
    assert used <= MODEL
