"""The cursor, the chosen rows, copying, and one row whole: by pointer and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.actions import COPY, row, scroll_to, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

CHOSEN = "tbody tr[aria-selected=true]"


def active(page: Page) -> str | None:
    """What the active cell says."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    text: str | None = page.locator(".viewport").evaluate(
        """(box) => {
            const id = box.getAttribute("aria-activedescendant");
            return id === null ? null : box.getRootNode().getElementById(id).textContent;
        }"""
    )
    return text


def test_keys_move_the_cursor_and_the_rows_follow(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(row(page, 0)).to_be_visible()
    page.locator(".viewport").focus()
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    assert active(page) == "0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert active(page) == "row 1"
    page.keyboard.press("Control+End")
    expect(row(page, 999)).to_be_visible()
    expect(page.locator("td.cursor")).to_have_text("row 999")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    expect(row(page, 999)).not_to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("Control+Home")
    expect(page.locator("td.cursor")).to_have_text("0")
    expect(row(page, 0)).to_be_visible()
    page.keyboard.press("ArrowUp")
    assert active(page) == "0"


def test_the_cursor_stays_with_its_row(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 3).click()
    page.evaluate("rig.kernel.come(2)")
    expect(page.locator("tbody tr").first).to_contain_text("row -2")
    assert active(page) == "row 3"


def test_clicks_choose_rows(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 2).click()
    expect(page.locator(CHOSEN)).to_contain_text(["row 2"])
    row(page, 4).click(modifiers=["Control"])
    assert told(page) == ["2", "4"]
    row(page, 7).click(modifiers=["Shift"])
    assert told(page) == ["4", "5", "6", "7"]
    expect(page.locator(CHOSEN)).to_have_count(4)
    assert page.evaluate("getSelection().toString()") == ""
    row(page, 5).click(modifiers=["Control"])
    assert told(page) == ["4", "6", "7"]
    page.keyboard.press("Escape")
    expect(page.locator(CHOSEN)).to_have_count(0)


def test_keys_choose_rows(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(row(page, 0)).to_be_visible()
    page.locator(".viewport").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    assert told(page) == ["0"]
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert told(page) == ["0", "1", "2"]
    page.keyboard.press("Shift+ArrowUp")
    assert told(page) == ["0", "1"]


def test_a_choice_survives_changes_and_the_kernel_can_make_one(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 2).click()
    page.evaluate("rig.kernel.come(1)")
    expect(page.locator(CHOSEN)).to_contain_text(["row 2"])
    page.evaluate("rig.kernel.more = { selected: ['0', '1'] }; rig.kernel.push()")
    expect(page.locator(CHOSEN)).to_contain_text(["row 0", "row 1"])
    assert told(page) == ["2"]


def test_text_that_is_selected_chooses_no_row(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 2).dblclick(position={"x": 16, "y": 12})
    row(page, 2).click(click_count=2, position={"x": 16, "y": 12})
    expect(page.locator(CHOSEN)).to_have_count(1)
    assert told(page) == ["2"]


def test_chosen_rows_are_copied_with_their_header(page: Page, mount: Mount) -> None:
    mount(rows=[["1", 'say "hi"'], ["2", "a\tb"], ["3", None]], total=3)
    page.locator("tbody tr td").first.click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.evaluate(f"void (window.copied = ({COPY})())")
    page.evaluate("window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key))")
    page.keyboard.press("Control+c")
    assert page.evaluate("copied") == 'id\ttitle\n1\t"say ""hi"""\n2\t"a\tb"\n3\t'
    assert "c" not in page.evaluate("heard")


def test_without_a_choice_the_active_cell_is_copied(page: Page, mount: Mount) -> None:
    mount(total=10)
    expect(row(page, 0)).to_be_visible()
    page.locator(".viewport").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.evaluate(f"void (window.copied = ({COPY})())")
    page.keyboard.press("Control+c")
    assert page.evaluate("copied") == "row 0"


def test_enter_shows_a_row_whole(page: Page, mount: Mount) -> None:
    columns = [
        {"name": "id", "kind": "int", "key": True},
        {"name": "doc", "kind": "json", "key": False},
    ]
    mount(columns=columns, rows=[["1", '{"a": …'], ["2", "{}"]], total=2)
    page.evaluate(
        'rig.kernel.wholeRow = () => [\'1\', \'{"a": [9007199254740993, {}], "b": "<i>, "}\']'
    )
    page.locator("tbody td").first.click()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Row")
    expect(panel).to_be_visible()
    expect(panel.locator("dt")).to_have_text(["id", "doc"])
    assert panel.locator("dd").nth(1).inner_text() == (
        '{\n  "a": [\n    9007199254740993,\n    {}\n  ],\n  "b": "<i>, "\n}'
    )
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()


def test_an_open_row_follows_its_changes_until_it_goes(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 3).click()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Row")
    expect(panel.locator("dd").nth(1)).to_have_text("row 3")
    # The very first frame after the row was opened may be the one that changes it.
    page.evaluate("rig.kernel.makeRow = (index) => [`${index}`, `new ${index}`]; rig.kernel.push()")
    expect(panel.locator("dd").nth(1)).to_have_text("new 3")
    # Out of sight, no frame holds it.
    scroll_to(page, "500 * 24")
    expect(page.get_by_role("gridcell", name="new 500", exact=True)).to_be_visible()
    page.evaluate("rig.kernel.wholeRow = (key) => [key, `newest ${key}`]; rig.kernel.push()")
    expect(panel.locator("dd").nth(1)).to_have_text("newest 3")
    page.evaluate("rig.kernel.wholeRow = () => null; rig.kernel.push()")
    expect(panel).to_contain_text("Row 3 is not there any more")
    # It may have been hidden from this user, or belong to the one before.
    expect(panel.locator("dd")).to_have_count(0)


def test_a_button_shows_the_row_too(page: Page, mount: Mount) -> None:
    mount(total=10)
    row(page, 4).click()
    button = page.get_by_role("button", name="Details")
    button.click()
    panel = page.get_by_role("region", name="Row")
    expect(panel.locator("dd").nth(1)).to_have_text("row 4")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(panel).not_to_be_visible()
