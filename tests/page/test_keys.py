from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

# As Lumino does in JupyterLab: by bubbling, or first of all but with an eye on the attribute.
NOTEBOOK = """() => {
    window.heard = { last: [], first: [] };
    document.addEventListener("keydown", ({ key }) => heard.last.push(key));
    document.addEventListener("keydown", ({ key, target }) => {
        if (!target.closest("[data-lm-suppress-shortcuts]")) {
            heard.first.push(key);
        }
    }, true);
}"""


@pytest.mark.parametrize("place", [".viewport", "th"])
def test_plain_keys_do_not_reach_the_notebook(page: Page, mount: Mount, place: str) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(NOTEBOOK)
    page.locator(place).first.focus()
    for key in ("x", "d", "d", "Shift+M", "Delete", "ArrowDown", "Enter", "PageUp", "0"):
        page.keyboard.press(key)
    assert page.evaluate("heard") == {"last": [], "first": []}


def test_the_page_keeps_its_own_keys(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(NOTEBOOK)
    page.locator(".viewport").focus()
    page.keyboard.press("x")
    for key in ("Control+s", "Meta+s", "Escape", "Tab"):
        page.keyboard.press(key)
    for heard in page.evaluate("[heard.last, heard.first]"):
        assert [key for key in heard if key not in {"Control", "Meta"}] == [
            *("s", "s", "Escape", "Tab")
        ]


def test_a_key_elsewhere_is_not_ours(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(NOTEBOOK)
    page.keyboard.press("x")
    assert page.evaluate("heard") == {"last": ["x"], "first": ["x"]}
