"""What people look at stays where it is while rows come and go above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.actions import scroll_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

ACKED = "rig.model.sent.filter(({ kind }) => kind === 'ack').at(-1)?.seq === rig.kernel.seq"
LAST_WISH = "rig.model.sent.filter(({ kind }) => kind === 'window').at(-1)"


def top_of(page: Page, row: int) -> float:
    box = page.get_by_role("gridcell", name=f"row {row}", exact=True).bounding_box()
    assert box is not None
    return box["y"]


def come(page: Page, rows: int) -> None:
    page.evaluate("rows => rig.kernel.come(rows)", rows)
    page.wait_for_function(ACKED)


def show(page: Page, row: int) -> None:
    """Scroll there, and wait until scrolling has ended and the kernel knows of it."""
    scroll_to(page, f"{row} * 24 + 7")
    expect(page.get_by_role("gridcell", name=f"row {row}", exact=True)).to_be_visible()
    page.wait_for_function(f"{LAST_WISH}?.anchor?.place === {row}")


@pytest.mark.parametrize("total", [1000, 5_000_000])
def test_rows_above_move_nothing_on_the_screen(page: Page, mount: Mount, total: int) -> None:
    mount(total=total)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.locator(".viewport").hover()
    if total == 1000:
        show(page, 500)
    else:
        # One pixel of a scaled scrollbar is many rows; the wheel goes row by row.
        page.mouse.wheel(0, 500 * 24 + 7)
        page.wait_for_function(f"{LAST_WISH}?.anchor?.place === 500")
        expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    before = top_of(page, 501)
    for rows in (1, 30, 400):
        come(page, rows)
        assert top_of(page, 501) == before
    first = page.locator("tbody tr[aria-rowindex='933']")
    expect(first).to_contain_text("row 500")


def test_at_the_very_top_new_rows_appear(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.come(2)")
    expect(page.locator("tbody tr").first).to_contain_text("row -2")


def test_back_at_the_top_new_rows_appear_again(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    scroll_to(page, "3 * 24")
    page.wait_for_function(f"{LAST_WISH}?.anchor?.place === 3")
    come(page, 1)
    # What rows moved is written to the scrollbar once nobody scrolls; until then it is added to where one scrolls.
    viewport = page.locator(".viewport").element_handle()
    page.wait_for_function("box => box.scrollTop === 4 * 24", arg=viewport)
    scroll_to(page, "0")
    page.wait_for_function(f"{LAST_WISH}?.anchor === null")
    come(page, 1)
    expect(page.locator("tbody tr").first).to_contain_text("row -2")


def test_who_scrolls_keeps_the_scrollbar(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    show(page, 500)
    page.wait_for_function(ACKED)
    # In one go, so that the rows come while somebody scrolls.
    scrolled = page.locator(".viewport").evaluate(
        """async (box) => {
            const frame = () => new Promise(requestAnimationFrame);
            box.scrollTop += 48;
            await frame();
            rig.kernel.come(10);
            await frame();
            await frame();
            const during = box.scrollTop;
            await new Promise((done) => setTimeout(done, 400));
            return [during, box.scrollTop];
        }"""
    )
    assert scrolled == [502 * 24 + 7, 512 * 24 + 7]
    expect(page.locator("tbody tr[aria-rowindex='514']")).to_contain_text("row 502")


def test_a_removed_first_row_hands_over_to_the_next(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    show(page, 500)
    page.wait_for_function(ACKED)
    before = top_of(page, 503)
    page.evaluate(
        """() => {
            const { view, status, range } = rig.kernel;
            const rows = Array.from({ length: range.count }, (_, slot) => range.first + slot)
                .filter((row) => row !== 500);
            rig.kernel.seq += 1;
            rig.kernel.deliver({
                kind: 'frame', view, seq: rig.kernel.seq, ack: true, answers: rig.kernel.answers,
                first: range.first + 20, total: 1019, keys: rows.map(String),
                rows: rows.map((row) => [`${row}`, `row ${row}`]), changed: [], status,
            });
        }"""
    )
    page.wait_for_function(ACKED)
    expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_have_count(0)
    assert top_of(page, 503) == before


def test_a_table_can_be_scrolled_while_it_grows(page: Page, mount: Mount) -> None:
    loading = {"state": "loading", "rows": 1000, "expected_rows": 100_000, "verified_at": None}
    mount(total=1000, status=loading)
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "1")
    show(page, 900)
    before = top_of(page, 901)
    page.evaluate("rig.kernel.total = 50_000; rig.kernel.status.rows = 50_000; rig.kernel.push()")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    assert top_of(page, 901) == before
    scroll_to(page, "40_000 * 24")
    expect(page.get_by_role("gridcell", name="row 40000", exact=True)).to_be_visible()


def test_the_last_rows_stay_in_sight_until_somebody_scrolls_away(page: Page, mount: Mount) -> None:
    mount(total=100, traits={"settings": {"title": "t", "height": 300, "follow": True}})
    last = page.get_by_role("gridcell", name="row 99", exact=True)
    expect(last).to_be_visible()
    page.evaluate("rig.kernel.total = 130; rig.kernel.push()")
    expect(page.get_by_role("gridcell", name="row 129", exact=True)).to_be_visible()
    scroll_to(page, "50 * 24")
    expect(page.get_by_role("gridcell", name="row 50", exact=True)).to_be_visible()
    page.wait_for_function(f"{LAST_WISH}?.anchor?.place === 50")
    page.evaluate("rig.kernel.total = 140; rig.kernel.push()")
    page.wait_for_function(ACKED)
    expect(page.get_by_role("gridcell", name="row 50", exact=True)).to_be_visible()
    scroll_to(page, "box.scrollHeight")
    expect(page.get_by_role("gridcell", name="row 139", exact=True)).to_be_visible()
    page.evaluate("rig.kernel.total = 141; rig.kernel.push()")
    expect(page.get_by_role("gridcell", name="row 140", exact=True)).to_be_visible()
