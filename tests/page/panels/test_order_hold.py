"""What somebody points at stays where it is: in an open list, and under a pointer that is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.actions import ACKED, row, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

STILL = "rig.model.sent.filter(({ kind }) => kind === 'still').map(({ still }) => still)"


def test_the_order_is_held_while_values_are_offered(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.get_by_role("button", name="Filters").click()
    assert page.evaluate(STILL) == []
    page.get_by_label("Filter title").focus()
    assert page.evaluate(STILL) == [True]
    expect(page.locator(".details")).to_contain_text("order held")
    page.get_by_label("Filter id").focus()
    page.get_by_role("searchbox", name="Search all columns").focus()
    assert page.evaluate(STILL)[-1] is False
    expect(page.locator(".details")).not_to_contain_text("order held")


def test_the_order_is_held_while_the_columns_are_listed(page: Page, mount: Mount) -> None:
    mount(total=1000)
    columns = page.get_by_role("button", name="Columns")
    columns.click()
    page.get_by_role("button", name="pin title at the left").click()
    assert page.evaluate(STILL)[-1] is True
    columns.click()
    assert page.evaluate(STILL)[-1] is False


def test_who_turned_away_sees_the_rows_as_they_are(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000)
    page.get_by_role("button", name="Columns").click()
    assert page.evaluate(STILL) == [True]
    page.clock.run_for(4_000)
    page.get_by_role("button", name="pin title at the left").hover()
    page.clock.run_for(4_000)
    assert page.evaluate(STILL) == [True]
    page.clock.run_for(2_000)
    assert page.evaluate(STILL) == [True, False]


def test_a_row_under_a_pointer_that_is_down_stays_there(page: Page, mount: Mount) -> None:
    mount(total=1000)
    box = row(page, 3).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 16, box["y"] + 12)
    page.mouse.down()
    page.evaluate("rig.kernel.come(1)")
    page.wait_for_function(ACKED)
    assert row(page, 3).bounding_box() == box
    page.mouse.up()
    assert told(page) == ["3"]
    expect(page.locator("tbody tr").first).to_contain_text("row -1")
