"""Selected text survives changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.actions import ACKED

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

ROOT = "document.querySelector('#cell > div').shadowRoot"
SELECTED = f"{ROOT}.getSelection().toString()"


def select(page: Page, row: int) -> None:
    page.get_by_role("gridcell", name=f"row {row}", exact=True).dblclick(
        position={"x": 16, "y": 12}
    )
    page.wait_for_function(f"{SELECTED} !== ''")
    # The event comes with the next frame, and pushing must not be quicker than people are.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def push(page: Page, change: str = "") -> None:
    page.evaluate(f"{change}; rig.kernel.push()")
    page.wait_for_function(ACKED)


def test_a_selection_holds_changes_back_for_a_while(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000)
    select(page, 3)
    push(page, "rig.kernel.makeRow = (index) => [`${index}`, `new ${index}`]")
    page.clock.run_for(2000)
    assert page.evaluate(SELECTED) == "row"
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.clock.run_for(4000)
    expect(page.locator("tbody tr").first).to_contain_text("new 0")


def test_changes_come_at_once_when_the_selection_is_gone(page: Page, mount: Mount) -> None:
    mount(total=1000)
    select(page, 3)
    push(page, "rig.kernel.makeRow = (index) => [`${index}`, `new ${index}`]")
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(f"{ROOT}.getSelection().removeAllRanges()")
    expect(page.locator("tbody tr").first).to_contain_text("new 0")


def test_a_selection_moves_with_its_row(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000)
    select(page, 3)
    page.clock.run_for(6000)
    page.evaluate(
        """() => {
            const { view, status, range: { count } } = rig.kernel;
            const rows = Array.from({ length: count }, (_, slot) => slot - 1);
            rig.kernel.seq += 1;
            rig.kernel.deliver({
                kind: 'frame', view, seq: rig.kernel.seq, ack: true, answers: 1, first: 0, total: 1001,
                rows: rows.map((index) => [`${index}`, index < 0 ? 'came' : `row ${index}`]),
                keys: rows.map(String), changed: [], status,
            });
        }"""
    )
    page.wait_for_function(ACKED)
    expect(page.locator("tbody tr").first).to_contain_text("came")
    expect(page.locator("tbody tr").nth(4)).to_contain_text("row 3")
    assert page.evaluate(SELECTED) == "row"
