"""How somebody set up a view outlives a reload of the page, and a view that is drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.actions import drag, head, names, width
from tests.page.columns.test_columns import COLUMNS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

HELLO = "rig.model.sent.find(({ kind }) => kind === 'hello')"


def show(page: Page, mount: Mount, table: str = "one") -> None:
    rows = [[f"{name}{index}" for name in "abcd"] for index in range(100)]
    settings = {"id": table, "title": "", "height": 300}
    mount(columns=COLUMNS, rows=rows, total=100, traits={"settings": settings})
    expect(page.locator("tbody tr").first).to_contain_text("0")


def set_up(page: Page) -> float:
    """Arrange columns, sort, search and filter; return a width."""
    drag(page, head(page, "d"), -2 * width(page, "c"))
    drag(page, head(page, "b").locator(".grip"), -60)
    head(page, "b").click()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="pin c at the left").click()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter a").fill("a")
    page.get_by_role("checkbox", name="a", exact=True).uncheck()
    page.get_by_role("searchbox", name="Search all columns").fill("0")
    page.wait_for_function("rig.model.sent.findLast(({ kind }) => kind === 'query').search === '0'")
    return width(page, "b")


def test_a_view_comes_back_as_it_was_after_a_reload(page: Page, mount: Mount) -> None:
    show(page, mount)
    width_px = set_up(page)
    page.reload()
    show(page, mount)
    expect(names(page)).to_have_text(["c", "d", "b"])
    assert width(page, "b") == width_px
    hello = page.evaluate(HELLO)
    assert hello["sort"] == [{"column": "b", "descending": False}]
    assert hello["search"] == "0"
    assert hello["filters"] == [{"column": "a", "test": "contains", "text": "a"}]
    expect(head(page, "b")).to_have_attribute("aria-sort", "ascending")
    search = page.get_by_role("searchbox", name="Search all columns")
    expect(search).to_have_value("0")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="a", exact=True).check()
    expect(page.get_by_label("Filter a")).to_have_value("a")
    page.get_by_role("button", name="Clear all").click()
    page.reload()
    show(page, mount)
    assert page.evaluate(HELLO)["filters"] == []


def test_a_filter_of_a_hidden_column_stays_when_another_is_typed(page: Page, mount: Mount) -> None:
    show(page, mount)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter a").fill("a")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="a", exact=True).uncheck()
    page.get_by_label("Filter b").fill("b")
    page.wait_for_function(
        "rig.model.sent.findLast(({ kind }) => kind === 'query')?.filters.length === 2"
    )


def test_another_table_knows_nothing_of_it(page: Page, mount: Mount) -> None:
    show(page, mount)
    set_up(page)
    page.reload()
    show(page, mount, "two")
    expect(names(page)).to_have_text(["a", "b", "c", "d"])


def test_two_views_of_one_table_remember_apart(page: Page, mount: Mount) -> None:
    show(page, mount)
    head(page, "b").click()
    show(page, mount)
    page.reload()
    show(page, mount)
    show(page, mount)
    orders = page.evaluate(
        "rig.model.sent.filter(({ kind }) => kind === 'hello').map(({ sort }) => sort)"
    )
    assert orders == [[{"column": "b", "descending": False}], None]


def test_a_view_that_is_drawn_again_is_as_it_was(page: Page, mount: Mount) -> None:
    show(page, mount)
    head(page, "b").click()
    page.evaluate("rig.controller.abort()")
    kept = page.evaluate("Object.entries({ ...sessionStorage })")
    assert len(kept) == 1
    assert '"column":"b"' in kept[0][1]
    assert "b0" not in kept[0][1]


def test_a_frame_that_may_not_store_works_all_the_same(page: Page, mount: Mount) -> None:
    page.evaluate(
        """Object.defineProperty(window, "sessionStorage", {
            get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
        })"""
    )
    show(page, mount)
    head(page, "b").click()
    expect(head(page, "b")).to_have_attribute("aria-sort", "ascending")


def test_a_full_store_stops_nothing(page: Page, mount: Mount) -> None:
    page.clock.install()
    page.evaluate(
        """() => {
            Storage.prototype.setItem = () => {
                throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
            };
        }"""
    )
    show(page, mount)
    head(page, "b").click()
    page.clock.run_for(3_000)
    before = page.locator(".details").inner_text()
    page.clock.run_for(3_000)
    expect(page.locator(".details")).not_to_have_text(before)
