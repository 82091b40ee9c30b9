from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.actions import scroll_to
from tests.page.proposals import COLUMNS, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

WINDOWS = "rig.model.sent.filter(({ kind }) => kind === 'window')"
LAST_ROW = "[...document.querySelector('#cell > div').shadowRoot.querySelectorAll('tbody tr')]"


def test_rows_are_painted_and_acknowledged(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.get_by_role("gridcell", name="row 0", exact=True)).to_be_visible()
    page.wait_for_function("rig.model.sent.some(({ kind }) => kind === 'ack')")
    hello, *rest = page.evaluate("rig.model.sent")
    assert hello["kind"] == "hello"
    assert hello["first"] == 0
    assert hello["count"] > 20
    assert {"kind": "ack", "view": hello["view"], "seq": 1} in rest


def test_rows_are_exactly_as_high_as_the_scrolling_counts_on(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=rows(100), total=100)
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    heights = page.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => row.getBoundingClientRect().height)"
    )
    assert set(heights) == {24}
    assert (
        page.locator("thead tr").first.evaluate("row => row.getBoundingClientRect().height") == 28
    )


def test_scrolling_asks_for_the_window_and_a_margin(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    scroll_to(page, "500 * 24")
    expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    asked = page.evaluate(f"{WINDOWS}.at(-1)")
    assert asked["first"] < 500 - 10
    assert asked["first"] + asked["count"] > 500 + 20
    assert page.evaluate(f"{WINDOWS}.length") == 1


def test_rows_on_their_way_have_placeholders(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.answering = false")
    scroll_to(page, "500 * 24")
    expect(page.locator("tbody tr[aria-busy=true]").first).to_be_visible()
    assert page.locator("td.pending").first.inner_text() == ""
    expect(page.locator(".details")).to_contain_text("kernel busy")
    page.evaluate("rig.kernel.push()")
    expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    expect(page.locator(".details")).not_to_contain_text("kernel busy")


@pytest.mark.parametrize("total", [5_000_000, 10_000_000])
def test_the_last_of_millions_of_rows_is_reached(page: Page, mount: Mount, total: int) -> None:
    mount(total=total)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    scroll_to(page, "box.scrollHeight")
    last = page.get_by_role("gridcell", name=f"row {total - 1}", exact=True)
    expect(last).to_be_visible()
    boxes = (last.bounding_box(), page.locator(".viewport").bounding_box())
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] + boxes[0]["height"] == boxes[1]["y"] + boxes[1]["height"]
    expect(page.locator("tbody tr").last).to_have_attribute("aria-rowindex", str(total + 1))


def test_the_wheel_moves_millions_of_rows_one_by_one(page: Page, mount: Mount) -> None:
    mount(total=5_000_000)
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("row 0")
    page.locator(".viewport").hover()
    for _ in range(5):
        page.mouse.wheel(0, 24)
    expect(first).to_contain_text("row 5")
    page.mouse.wheel(0, -48)
    expect(first).to_contain_text("row 3")


def test_the_grid_says_how_large_it_is(page: Page, mount: Mount) -> None:
    mount(total=1000, traits={"settings": {"title": "proposals", "height": 300}})
    grid = page.get_by_role("grid", name="proposals")
    expect(grid).to_have_attribute("aria-rowcount", "1001")
    expect(grid).to_have_attribute("aria-colcount", "2")
    expect(page.get_by_role("row")).not_to_have_count(0)
    expect(page.locator("tbody tr").first).to_have_attribute("aria-rowindex", "2")


def test_columns_keep_their_widths_when_values_change(page: Page, mount: Mount) -> None:
    mount(total=50)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    widths = "heads => heads.map((head) => head.getBoundingClientRect().width)"
    before = page.locator("th").evaluate_all(widths)
    page.evaluate(
        "rig.kernel.makeRow = (index) => [`${index}`, 'much longer than before '.repeat(9)]"
    )
    page.evaluate("rig.kernel.push()")
    expect(page.locator("tbody tr").first).to_contain_text("much longer")
    assert page.locator("th").evaluate_all(widths) == before


def test_fewer_rows_than_before_leave_no_ghosts(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    scroll_to(page, "box.scrollHeight")
    expect(page.get_by_role("gridcell", name="row 999", exact=True)).to_be_visible()
    page.evaluate("rig.kernel.total = 3; rig.kernel.range = { first: 0, count: 40 }")
    page.evaluate("rig.kernel.push()")
    expect(page.locator("tbody tr:visible")).to_have_count(3)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
