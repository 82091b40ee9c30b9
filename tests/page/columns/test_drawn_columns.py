"""A table of 500 columns draws those in sight, and those on which somebody stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.page.conftest import Mount

COUNT = 500
KINDS = ("int", "text", "float", "numeric")
COLUMNS = [
    {"name": f"c{place}", "kind": KINDS[place % len(KINDS)], "key": place == 0}
    for place in range(COUNT)
]
MAKE_ROW = f"rig.kernel.makeRow = (row) => Array.from({{ length: {COUNT} }}, (_, place) => `${{row * 1000 + place}}`)"
MOST_CELLS = 2_500
"""In three screens of rows and two of columns; all columns would be 500 in each row."""


@pytest.fixture
def wide(page: Page, mount: Mount) -> Page:
    page.wait_for_function("window.rig !== undefined")
    page.evaluate(MAKE_ROW)
    mount(columns=COLUMNS, total=1000)
    expect(cell(page, 0, 0)).to_have_text("0")
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"tbody tr[aria-rowindex='{row + 2}'] td[aria-colindex='{column + 1}']")


def head(page: Page, column: int) -> Locator:
    return page.locator(f"th[aria-colindex='{column + 1}']")


def scroll(page: Page, left_px: int) -> None:
    page.locator(".viewport").evaluate("(box, left) => { box.scrollLeft = left; }", left_px)


def text(row: int, column: int) -> str:
    return str(row * 1000 + column) if column == 0 else f"{row * 1000 + column:,}"


def in_line(page: Page, column: int) -> None:
    """A cell stands below its heading, and both are in sight."""
    above, below = head(page, column).bounding_box(), cell(page, 0, column).bounding_box()
    assert above is not None
    assert below is not None
    assert (above["x"], above["width"]) == (below["x"], below["width"])


def test_few_of_many_cells_are_there_wherever_one_scrolls(wide: Page) -> None:
    grid = wide.get_by_role("grid")
    expect(grid).to_have_attribute("aria-colcount", str(COUNT))
    width_px = grid.evaluate("box => box.scrollWidth")
    assert width_px > 20_000
    for left_px in (0, 7_000, 7_400, 30_000, width_px, 100):
        scroll(wide, left_px)
        wide.wait_for_function(
            """() => {
                const root = document.querySelector("#cell > div").shadowRoot;
                const box = root.querySelector(".viewport");
                const { left, right, top } = box.getBoundingClientRect();
                return [left + 2, (left + right) / 2, left + box.clientWidth - 2].every((x) =>
                    root.elementFromPoint(x, top + 40)?.ariaColIndex);
            }"""
        )
        assert wide.locator("tbody td").count() < MOST_CELLS
        assert wide.locator("th").count() < 100
        assert grid.evaluate("box => box.scrollWidth") == width_px
        shown = wide.locator("tbody tr").first.evaluate(
            "row => [...row.querySelectorAll('td[aria-colindex]')]"
            ".map((one) => [Number(one.ariaColIndex) - 1, one.textContent])"
        )
        assert all(
            drawn == text(0, column) for column, drawn in shown if COLUMNS[column]["kind"] != "text"
        )
        assert [column for column, _ in shown] == sorted(column for column, _ in shown)
        in_line(wide, shown[len(shown) // 2][0])


def test_keys_reach_the_last_column_and_come_back(wide: Page) -> None:
    wide.locator(".viewport").focus()
    for key, column in (
        ("ArrowDown", 0),
        ("End", 499),
        ("ArrowLeft", 498),
        ("Home", 0),
        ("End", 499),
    ):
        wide.keyboard.press(key)
        cursor = wide.locator("td.cursor")
        expect(cursor).to_have_attribute("aria-colindex", str(column + 1))
        expect(cursor).to_be_in_viewport(ratio=0.9)
    active = wide.get_by_role("grid").get_attribute("aria-activedescendant")
    assert wide.locator("td.cursor").get_attribute("id") == active
    # Who scrolls away from the cursor does not lose it.
    scroll(wide, 0)
    expect(cell(wide, 0, 1)).to_be_in_viewport()
    expect(cell(wide, 0, 250)).to_have_count(0)
    expect(wide.locator(f"td.cursor#{active}")).to_have_text(text(0, 499))
    in_line(wide, 499)


def test_a_heading_with_the_focus_keeps_it(wide: Page) -> None:
    head(wide, 3).focus()
    scroll(wide, 20_000)
    expect(cell(wide, 0, 1)).to_have_count(0)
    expect(head(wide, 3)).to_be_focused()
    in_line(wide, 3)
    wide.keyboard.press("ArrowRight")
    expect(head(wide, 4)).to_be_focused()
    expect(head(wide, 4)).to_be_in_viewport()
    expect(wide.locator("th[tabindex='0']")).to_have_count(1)
    wide.keyboard.press("Enter")
    expect(head(wide, 4)).to_have_attribute("aria-sort", "ascending")
    expect(head(wide, 5)).to_have_attribute("aria-sort", "none")


def test_filters_are_typed_one_after_another_through_all_columns(wide: Page) -> None:
    wide.get_by_role("button", name="Filters").click()
    first = wide.get_by_label("Filter c2", exact=True)
    first.fill("7")
    scroll(wide, 20_000)
    expect(cell(wide, 0, 8)).to_have_count(0)
    expect(first).to_be_focused()
    expect(first).to_have_value("7")
    for column in range(3, 40):
        wide.keyboard.press("Tab")
        expect(wide.get_by_label(f"Filter c{column}", exact=True)).to_be_focused()
    wide.keyboard.type("5")
    wide.wait_for_function(
        "rig.model.sent.some(({ filters }) => filters?.map(({ column }) => column).join() === 'c2,c39')"
    )
    expect(first).to_have_count(0)
    scroll(wide, 0)
    expect(first).to_have_value("7")


def test_pinned_columns_stay_and_line_up(wide: Page) -> None:
    wide.get_by_role("button", name="Columns").click()
    wide.get_by_role("button", name="pin c7 at the left").click()
    wide.get_by_role("button", name="Columns").click()
    expect(cell(wide, 0, 0)).to_have_text("7")
    before = cell(wide, 0, 0).bounding_box()
    scroll(wide, 20_000)
    expect(cell(wide, 0, 3)).to_have_count(0)
    assert cell(wide, 0, 0).bounding_box() == before
    in_line(wide, 0)
    expect(wide.locator("td.edge:not(.filters td)").first).to_be_visible()


def test_columns_are_moved_widened_and_copied_beyond_what_is_drawn(wide: Page) -> None:
    head(wide, 0).focus()
    for _ in range(3):
        wide.keyboard.press("Shift+ArrowRight")
    expect(head(wide, 3)).to_be_focused()
    expect(head(wide, 3).locator(".name")).to_have_text("c0")
    before = head(wide, 3).bounding_box()
    wide.keyboard.press("Alt+ArrowRight")
    after = head(wide, 3).bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == before["width"] + 16
    in_line(wide, 4)
    wide.evaluate(
        "document.addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); })"
    )
    cell(wide, 1, 2).click()
    wide.keyboard.press("Control+c")
    names, values = (line.split("\t") for line in wide.evaluate("window.copied").split("\n"))
    assert len(names) == len(values) == COUNT
    assert (names[499], values[499], names[3], values[3]) == ("c499", "1499", "c0", "1000")


def test_a_change_shows_once_its_column_comes_into_sight(wide: Page) -> None:
    wide.evaluate("rig.kernel.changed = [[0, 300], [0, 2]]; rig.kernel.push()")
    expect(wide.locator("td.hot")).to_have_text(["2"])
    wide.locator(".viewport").focus()
    wide.keyboard.press("ArrowDown")
    wide.keyboard.press("End")
    expect(cell(wide, 0, 499)).to_have_text(text(0, 499))
    wide.evaluate("rig.kernel.changed = [[0, 498], [0, 2]]; rig.kernel.push()")
    expect(wide.locator("td.hot")).to_have_text([text(0, 498)])


def test_a_table_of_some_columns_is_drawn_whole(page: Page, mount: Mount) -> None:
    columns: list[dict[str, Any]] = COLUMNS[:40]
    mount(columns=columns, rows=[[str(place) for place in range(40)]], total=1)
    expect(page.locator("tbody td[aria-colindex]")).to_have_count(40)
    expect(page.locator("tbody td.filler")).to_have_count(1)
