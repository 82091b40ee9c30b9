"""Change is seen: cells flash, new rows are marked, removed rows fade, all are counted and timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount


def test_changed_cells_flash_and_calm_down(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.changed = [[1, 1]]; rig.kernel.push()")
    expect(page.locator("td.hot")).to_have_count(1)
    expect(page.locator("td.hot")).to_have_text("row 1")
    expect(page.locator("td.hot")).to_have_count(0)


def test_nothing_flashes_for_those_who_want_calm(page: Page, mount: Mount) -> None:
    page.emulate_media(reduced_motion="reduce")
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.changed = [[1, 1]]")
    page.evaluate("rig.kernel.makeRow = (index) => [`${index}`, `new ${index}`]")
    page.evaluate("rig.kernel.push()")
    expect(page.locator("tbody tr").first).to_contain_text("new 0")
    assert page.locator("td.hot").count() == 0


def test_new_rows_are_marked_for_a_moment(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.more = { new: [0] }; rig.kernel.come(1)")
    expect(page.locator("tbody tr.new")).to_have_count(1)
    expect(page.locator("tbody tr.new")).to_contain_text("row -1")
    expect(page.locator("tbody tr.new")).to_have_count(0)


def test_a_flood_of_new_rows_is_not_marked(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.more = { new: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }; rig.kernel.come(10)")
    expect(page.locator("tbody tr").first).to_contain_text("row -10")
    assert page.locator("tbody tr.new").count() == 0


def test_a_removed_row_fades_where_it_stood(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=100)
    row = page.get_by_role("gridcell", name="row 3", exact=True)
    box = row.bounding_box()
    assert box is not None
    page.evaluate(
        "rig.kernel.makeRow = (index) => [`${index + (index > 2)}`, `row ${index + (index > 2)}`];"
        "rig.kernel.more = { gone: ['3'] }; rig.kernel.push()"
    )
    fading = page.locator(".fading-row td").nth(1)
    expect(fading).to_have_text("row 3")
    assert fading.bounding_box() == box
    expect(row).to_have_count(0)
    page.clock.run_for(700)
    expect(page.locator(".fading-row")).to_have_count(0)


def test_nothing_fades_for_those_who_want_calm(page: Page, mount: Mount) -> None:
    page.emulate_media(reduced_motion="reduce")
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.more = { gone: ['3'], new: [0] }; rig.kernel.come(1)")
    expect(page.locator("tbody tr").first).to_contain_text("row -1")
    assert page.locator(".fading-row, tr.new").count() == 0


def test_changes_are_counted(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator(".word")).to_have_text("Live")
    expect(page.locator(".details")).not_to_contain_text("change")
    page.evaluate("rig.kernel.changes = 1; rig.kernel.beat()")
    expect(page.locator(".details")).to_contain_text("1 change")
    page.evaluate("rig.kernel.changes = 1204; rig.kernel.push()")
    expect(page.locator(".details")).to_contain_text("1,204 changes")


def test_hovering_tells_when_a_row_changed(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.more = { times: [null, rig.kernel.status.sent_at - 65] }")
    page.evaluate("rig.kernel.push()")
    cell = page.get_by_role("gridcell", name="row 1", exact=True)
    cell.hover()
    expect(cell).to_have_attribute("title", "row 1\nThis row changed 1 min ago.")
    other = page.get_by_role("gridcell", name="row 0", exact=True)
    other.hover()
    expect(other).to_have_attribute("title", "row 0")


def test_a_picture_can_be_held_and_says_what_waits(page: Page, mount: Mount) -> None:
    mount(total=100)
    expect(page.locator(".word")).to_have_text("Live")
    page.get_by_role("button", name="Pause").click()
    button = page.get_by_role("button", name="Resume · 0 changes waiting")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".details")).to_contain_text("picture held")
    expect(page.locator(".grid.stale.calm")).to_have_count(1)
    page.evaluate("rig.kernel.changes = 1200; rig.kernel.push()")
    page.get_by_role("button", name="Resume · 1,200 changes waiting").click()
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".grid.stale")).to_have_count(0)
