from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

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


PLAIN = ("x", "d", "d", "Shift+M", "Delete", "ArrowDown", "Enter", "PageUp", "0")
EDITING = (
    *("Control+a", "Control+x", "Control+v", "Control+z", "Control+Shift+Z", "Control+y"),
    *("Control+Backspace", "Control+Enter", "Shift+Enter", "Alt+Enter", "Control+ArrowLeft"),
)
PLACES = (".viewport", "th", ".search", ".filters input", ".pause", ".columns input")
# Somebody typed elsewhere on the page before, and the browser has one history for all of it.
ELSEWHERE = """() => {
    document.body.insertAdjacentHTML("afterbegin", "<div class=code contenteditable></div>");
    document.querySelector(".code").focus();
}"""
# Which keys the browser acts on itself, after everybody was asked.
KEPT = """() => {
    window.kept = {};
    document.addEventListener("keydown", (event) => event.key === "k" && event.preventDefault());
    document.querySelector("[data-lm-suppress-shortcuts]").shadowRoot.addEventListener(
        "keydown", (event) => setTimeout(() => { kept[event.key] = !event.defaultPrevented; }));
}"""


@pytest.fixture
def table(page: Page, mount: Mount) -> None:
    """A table with everything open, next to some code."""
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    for name in ("Filters", "Columns"):
        page.get_by_role("button", name=name).click()
    page.evaluate(ELSEWHERE)
    page.keyboard.type("an hour of work")
    page.evaluate(NOTEBOOK)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("place", PLACES)
def test_own_keys_do_not_reach_the_notebook(page: Page, place: str) -> None:
    for key in (*PLAIN, *EDITING):
        page.locator(place).first.focus()
        page.keyboard.press(key)
    heard = page.evaluate("[...heard.last, ...heard.first]")
    assert [key for key in heard if key not in {"Control", "Alt"}] == []
    expect(page.locator(".code")).to_have_text("an hour of work")


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("place", PLACES)
def test_the_page_keeps_its_own_keys(page: Page, place: str) -> None:
    page.locator(place).first.focus()
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


@pytest.mark.usefixtures("table")
def test_what_the_page_does_with_a_key_the_browser_does_not_do_too(page: Page) -> None:
    page.evaluate(KEPT)
    page.locator(".search").focus()
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+j")
    page.wait_for_function("kept.k === false && kept.j === true")


@pytest.mark.usefixtures("table")
def test_a_composed_character_is_nobody_elses(page: Page) -> None:
    page.locator(".search").evaluate(
        """(field) => {
            for (const key of ["Process", "Escape", "Tab"]) {
                field.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, composed: true }));
            }
        }"""
    )
    assert page.evaluate("heard") == {"last": [], "first": []}


def choose(menu: CDPSession, command: str) -> None:
    """Choose a command from the browser's own menu, which no page hears as a key that it knows."""
    menu.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "F13", "commands": [command]})


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("place", [".search", ".filters input"])
def test_a_menu_of_the_browser_takes_back_what_was_typed_here(page: Page, place: str) -> None:
    menu = page.context.new_cdp_session(page)
    field = page.locator(place).first
    field.focus()
    page.keyboard.type("abc")
    choose(menu, "undo")
    expect(field).to_have_value("")
    for _ in range(30):
        choose(menu, "undo")
    expect(field).to_have_value("")
    page.get_by_role("button", name="Pause").focus()
    choose(menu, "undo")
    expect(page.locator(".code")).to_have_text("an hour of work")


@pytest.mark.usefixtures("table")
def test_elsewhere_the_browser_undoes_as_ever(page: Page) -> None:
    page.locator(".search").focus()
    page.locator(".code").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".code")).to_have_text("")


@pytest.mark.usefixtures("table")
def test_what_a_button_cleared_is_taken_back_and_looked_for(page: Page) -> None:
    page.locator(".search").fill("row 7")
    clear = page.get_by_role("button", name="Clear all")
    clear.click()
    expect(page.locator(".search")).to_have_value("")
    expect(clear).not_to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator(".search")).to_have_value("row 7")
    expect(clear).to_be_visible()
    page.wait_for_function(
        "rig.model.sent.findLast(({ kind }) => kind === 'query')?.search === 'row 7'"
    )
