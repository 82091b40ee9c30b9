"""What is copied is whole: short uuids, long texts, rows that were never seen, columns in the order of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.actions import COPY, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.page.conftest import Mount

    Clipboard = Callable[[str], object]

UUID = "018f6d2a-7c11-7abc-8def-0123456789ab"
UUIDS = [
    {"name": "id", "kind": "int", "key": True},
    {"name": "ref", "kind": "uuid", "key": False},
]
CUT = "x" * 499 + "…"


@pytest.fixture
def clipboard(page: Page) -> Clipboard:
    """Waits until this was copied: over plain HTTP pages have no clipboard to read, so the event tells."""
    page.evaluate(
        """() => addEventListener("copy", (event) => {
            window.copied = event.composedPath()[0].value;
        }, { capture: true })"""
    )
    return lambda wanted: page.wait_for_function("wanted => copied === wanted", arg=wanted)


def uuid_cell(page: Page) -> Locator:
    return page.get_by_role("gridcell", name="018f6d2a…89ab")


def test_a_uuid_is_short_and_told_whole_on_hover(page: Page, mount: Mount) -> None:
    mount(columns=UUIDS, rows=[["1", UUID], ["2", None], ["3", "no uuid"]], total=3)
    expect(uuid_cell(page)).to_be_visible()
    uuid_cell(page).hover()
    expect(uuid_cell(page)).to_have_attribute("title", UUID)
    expect(page.locator("td.uuid")).to_have_count(1)
    sign = uuid_cell(page).evaluate("cell => getComputedStyle(cell, '::after').display")
    assert sign == "block"


def test_the_sign_of_a_uuid_copies_it_and_chooses_no_row(
    page: Page, mount: Mount, clipboard: Clipboard
) -> None:
    mount(columns=UUIDS, rows=[["1", UUID]], total=1)
    box = uuid_cell(page).bounding_box()
    assert box is not None
    uuid_cell(page).click(position={"x": box["width"] - 14, "y": 12})
    clipboard(UUID)
    expect(page.locator(".notice")).to_have_text("Copied")
    expect(page.locator("tr[aria-selected=true]")).to_have_count(0)
    uuid_cell(page).click(position={"x": 20, "y": 12})
    expect(page.locator("tr[aria-selected=true]")).to_have_count(1)


def test_a_cut_cell_is_asked_for_and_copied_whole(
    page: Page, mount: Mount, clipboard: Clipboard
) -> None:
    mount(rows=[["1", CUT], ["2", "short"]], total=2)
    expect(page.locator("tbody td").first).to_be_visible()
    page.locator(".viewport").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+c")
    clipboard("whole title of 0")
    expect(page.locator(".notice")).to_have_text("Copied")


def test_rows_are_copied_as_their_columns_stand_on_the_screen(page: Page, mount: Mount) -> None:
    mount(rows=[["1", "one"], ["2", "two"]], total=2)
    page.get_by_role("columnheader", name="id").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.locator("tbody td").first.click()
    page.evaluate(f"void (window.copied = ({COPY})())")
    page.keyboard.press("Control+c")
    assert page.evaluate("copied") == "title\tid\none\t1"
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="title", exact=True).uncheck()
    page.locator("tbody td").first.click()
    page.evaluate(f"void (window.copied = ({COPY})())")
    page.keyboard.press("Control+c")
    assert page.evaluate("copied") == "id\n1"


def test_shift_chooses_rows_that_were_never_loaded_and_they_are_copied(
    page: Page, mount: Mount
) -> None:
    mount(total=1000)
    row(page, 2).click()
    page.locator(".viewport").evaluate("box => { box.scrollTop = 200 * 24; }")
    row(page, 205).click(modifiers=["Shift"])
    expect(row(page, 203)).to_be_visible()
    expect(page.locator("tr[aria-selected=true]").first).to_contain_text("row 200")
    page.wait_for_function(
        "JSON.stringify(rig.model.sent.findLast(({ kind }) => kind === 'span')?.end)"
        " === JSON.stringify({ key: '205', place: 205 })"
    )
    page.keyboard.press("Control+c")
    expect(page.locator(".notice")).to_have_text("Copied 204 rows")


def test_control_shift_end_chooses_to_the_end(page: Page, mount: Mount) -> None:
    mount(total=1000)
    row(page, 2).click()
    page.keyboard.press("Control+Shift+End")
    expect(row(page, 999)).to_be_visible()
    expect(page.locator("tr[aria-selected=true]").last).to_contain_text("row 999")
    assert page.evaluate("rig.model.sent.findLast(({ kind }) => kind === 'span')?.start") == "2"


def test_a_kernel_that_does_not_answer_copies_nothing(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(rows=[["1", CUT]], total=1)
    page.locator("tbody td").first.click()
    page.evaluate("rig.kernel.answering = false; window.copied = 'before'")
    page.keyboard.press("Control+c")
    page.clock.run_for(10_000)
    expect(page.locator(".notice")).to_have_text("The kernel did not answer; nothing was copied.")
    page.clock.run_for(4_000)
    expect(page.locator(".notice")).to_have_text("")


def test_too_much_for_a_clipboard_is_said(page: Page, mount: Mount) -> None:
    mount(rows=[["1", CUT]], total=1)
    page.locator("tbody td").first.click()
    page.evaluate("rig.kernel.answering = false")
    page.keyboard.press("Control+c")
    page.evaluate(
        "rig.kernel.deliver({ kind: 'copied', view: rig.kernel.view, id: 9, rows: null })"
    )
    expect(page.locator(".notice")).to_contain_text("more than a clipboard should hold")
