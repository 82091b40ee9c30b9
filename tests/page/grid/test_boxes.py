"""A table in a box with others: it takes the room that it is given, and everything in it stays within reach."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.proposals import COLUMNS, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

PROBLEM = {
    "message": "The_server_closed_the_connection_" * 4,
    "hint": "Run `alter publication supabase_realtime add table agent_proposals;` as its owner.",
}
BESIDE = "<div id='beside' style='flex: 0 1 auto; width: 150px'>beside</div>"
# As ipywidgets draws its boxes, with the table's element where its own would be.
BOXES = {
    "row": ("display: flex; width: 700px", ""),
    "row of halves": ("display: flex; width: 700px", "flex: 1 1 0%"),
    "half by width": ("display: flex; width: 800px", "width: 50%"),
    "column": ("display: flex; flex-direction: column; width: 420px", ""),
    "grid of fractions": ("display: grid; grid-template-columns: 1fr 1fr; width: 700px", ""),
    "grid of auto": ("display: grid; grid-template-columns: auto auto; width: 700px", ""),
    "narrow panel": ("width: 280px", ""),
}
OUTSIDE = """(box) => {
    const { left, right } = box.getBoundingClientRect();
    return [...box.querySelectorAll("button, input:not(td input), .word, .details, .message, code, dd, .notice")]
        .filter((one) => one.offsetParent !== null)
        .filter((one) => {
            const at = one.getBoundingClientRect();
            return at.width > 0 && (at.right > right + 0.5 || at.left < left - 0.5);
        })
        .map((one) => one.outerHTML);
}"""


def put_in_a_box(page: Page, box: str, item: str) -> None:
    """Put the element in which the table is drawn into a box, and something beside it."""
    page.evaluate(
        """([box, item, beside]) => {
            const cell = document.querySelector("#cell");
            const around = document.createElement("div");
            cell.before(around);
            Object.assign(around, { id: "around", style: box });
            cell.style = item;
            around.append(cell);
            if (!box.startsWith("width")) around.insertAdjacentHTML("beforeend", beside);
        }""",
        [box, item, BESIDE],
    )


@pytest.mark.parametrize("name", BOXES)
def test_a_table_takes_the_room_that_its_box_gives(page: Page, mount: Mount, name: str) -> None:
    box, item = BOXES[name]
    put_in_a_box(page, box, item)
    settings = {"title": "a_table_with_quite_a_long_name_of_its_own", "height": 300}
    status = {"state": "offline", "attempt": 3, "retry_at": 1016, "error": PROBLEM}
    mount(columns=COLUMNS, rows=rows(300), total=300, status=status, traits={"settings": settings})
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    for button in ("Filters", "Columns", "Details"):
        page.get_by_role("button", name=button, exact=True).click()
    page.locator("tbody td").first.click()
    page.keyboard.press("Control+c")
    expect(page.locator(".notice")).to_have_text("Copied 1 row")
    view = page.locator(".rtwidget")
    assert view.evaluate("view => view.getBoundingClientRect().width") > 200
    assert view.evaluate(OUTSIDE) == []
    assert page.evaluate("around.scrollWidth <= around.clientWidth")
    if folder := os.environ.get("RTWIDGET_SHOTS"):
        page.screenshot(path=Path(folder, f"box-{name.replace(' ', '-')}.png"))


def test_what_a_table_shows_does_not_move_what_stands_beside_it(page: Page, mount: Mount) -> None:
    put_in_a_box(page, "display: flex; width: 1100px", "")
    mount(columns=[], rows=[], total=0)
    expect(page.locator(".word")).to_have_text("Live")
    left = "beside.getBoundingClientRect().left"
    before = page.evaluate(left)
    page.evaluate("columns => rig.model.set('columns', columns)", COLUMNS)
    expect(page.locator("th").first).to_be_visible()
    page.evaluate(f"Object.assign(rig.kernel.status, {{ state: 'offline', error: {PROBLEM} }})")
    page.evaluate("rig.kernel.push()")
    expect(page.locator(".problem")).to_be_visible()
    assert page.evaluate(left) == before


def test_two_tables_share_a_row_evenly(page: Page, mount: Mount) -> None:
    put_in_a_box(page, "display: flex; width: 900px", "")
    page.evaluate("document.querySelector('#beside').remove()")
    mount(columns=COLUMNS, rows=rows(30), total=30)
    page.evaluate(
        """async () => {
            const el = around.appendChild(document.createElement("div"));
            const { default: widget } = await import("./widget.js");
            const state = { ...rig.model.state, columns: rig.model.state.columns.slice(0, 2) };
            const model = { get: (name) => state[name], send() {}, on() {}, off() {} };
            widget.render({ model, el, signal: new AbortController().signal });
        }"""
    )
    expect(page.locator(".rtwidget")).to_have_count(2)
    widths = "views => views.map((view) => view.getBoundingClientRect().width)"
    assert page.locator(".rtwidget").evaluate_all(widths) == [450, 450]


def test_paper_holds_rows_and_their_age_and_no_controls(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=rows(30), total=30)
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Columns").click()
    page.emulate_media(media="print")
    expect(page.locator(".rtwidget").get_by_role("button")).to_have_count(0)
    expect(page.locator(".filters")).not_to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator(".word")).to_be_visible()
