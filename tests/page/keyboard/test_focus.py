"""Who types, or works by key, stays where they are when what is around them is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.page.conftest import Mount

# Somebody altered the table, or shows it in another way.
COLUMN_COMES = """() => {
    const whole = [
        { name: "extra", kind: "text", key: false },
        { name: "id", kind: "int", key: true },
        { name: "title", kind: "text", key: false },
    ];
    rig.kernel.makeRow = (index) => ["new", String(index), `row ${index}`];
    rig.kernel.more = { columns: whole };
    rig.kernel.push();
}"""
FORMATS_COME = """() => {
    rig.model.state.settings = { ...rig.model.state.settings, formats: { id: ",.2f" } };
    rig.model.emit("change:settings");
}"""
MENU = """() => {
    window.menus = [];
    document.addEventListener("contextmenu", (event) => {
        window.menus.push(event.target.localName);
        event.preventDefault();
    });
}"""


@pytest.fixture
def table(page: Page, mount: Mount) -> None:
    """A table with everything open."""
    mount(total=1000)
    expect(page.get_by_role("gridcell", name="row 0", exact=True)).to_be_visible()
    for name in ("Filters", "Columns"):
        page.get_by_role("button", name=name).click()


def alter(page: Page, how: str) -> None:
    page.evaluate(how)
    if how == COLUMN_COMES:
        expect(page.get_by_label("Filter extra")).to_be_visible()
    else:
        expect(page.get_by_role("gridcell", name="7.00", exact=True)).to_be_visible()


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("how", [COLUMN_COMES, FORMATS_COME], ids=["column", "formats"])
def test_typing_goes_on_in_a_filter(page: Page, how: str) -> None:
    field = page.get_by_label("Filter title")
    field.click()
    page.keyboard.type("ro 1")
    page.keyboard.press("ArrowLeft")
    alter(page, how)
    expect(field).to_be_focused()
    page.keyboard.type("w")
    expect(field).to_have_value("ro w1")
    # What was typed before can be taken back, too.
    for value in ("ro 1", ""):
        page.keyboard.press("Control+z")
        expect(field).to_have_value(value)


@pytest.mark.usefixtures("table")
def test_the_focus_stays_on_a_heading(page: Page) -> None:
    heading = page.locator("th").filter(has=page.get_by_text("title", exact=True))
    heading.focus()
    alter(page, COLUMN_COMES)
    expect(heading).to_be_focused()


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["title", "pin title at the left", "Reset"])
def test_the_focus_stays_in_the_list_of_columns(page: Page, name: str) -> None:
    place = page.locator(".columns").get_by_label(name, exact=True)
    if name == "Reset":
        place = page.get_by_role("button", name=name)
    place.focus()
    alter(page, COLUMN_COMES)
    expect(place).to_be_focused()


@pytest.mark.usefixtures("table")
def test_who_closes_a_row_by_key_stays_in_the_table(page: Page) -> None:
    page.get_by_role("gridcell", name="row 3", exact=True).click()
    page.get_by_role("button", name="Details").click()
    page.get_by_role("button", name="Close the row").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".detail")).to_be_hidden()
    expect(page.get_by_role("button", name="Details")).to_be_focused()


@pytest.mark.usefixtures("table")
def test_a_text_field_has_the_menu_that_cuts_and_pastes_text(page: Page) -> None:
    page.evaluate(MENU)
    for field in (page.get_by_role("searchbox"), page.get_by_label("Filter title")):
        field.click(button="right")
        page.keyboard.press("Escape")
    assert page.evaluate("menus") == []
    page.get_by_role("gridcell", name="row 3", exact=True).click(button="right")
    assert page.evaluate("menus") == ["div"]
