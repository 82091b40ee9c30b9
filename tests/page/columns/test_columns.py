"""Columns are widened, moved, hidden and kept at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.page.actions import drag, head, names, width

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

COLUMNS = [{"name": name, "kind": "text", "key": name == "a"} for name in "abcd"]


def show(page: Page, mount: Mount, **options: Any) -> None:
    rows = [[f"{name}{index}" for name in "abcd"] for index in range(100)]
    mount(columns=COLUMNS, rows=rows, total=100, **options)
    expect(page.get_by_role("gridcell", name="a0")).to_be_visible()


def test_an_edge_that_is_dragged_widens_its_column(page: Page, mount: Mount) -> None:
    show(page, mount)
    before = width(page, "b"), width(page, "c")
    drag(page, head(page, "b").locator(".grip"), -60)
    assert (width(page, "b"), width(page, "c")) == (before[0] - 60, before[1])
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(0)
    head(page, "b").locator(".grip").dblclick()
    page.evaluate("rig.kernel.push()")


def test_a_heading_that_is_dragged_moves_its_column(page: Page, mount: Mount) -> None:
    show(page, mount)
    drag(page, head(page, "d"), -2 * width(page, "c"))
    expect(names(page)).to_have_text(["a", "d", "b", "c"])
    expect(page.locator("tbody tr").first.get_by_role("gridcell")).to_have_text(
        ["a0", "d0", "b0", "c0"]
    )
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(0)
    head(page, "d").click()
    expect(head(page, "d")).to_have_attribute("aria-sort", "ascending")


def test_fit_gives_all_columns_the_widths_of_what_is_shown(page: Page, mount: Mount) -> None:
    show(page, mount)
    before = [width(page, name) for name in "abcd"]
    for name in "ab":
        drag(page, head(page, name).locator(".grip"), 70)
    assert [width(page, name) for name in "abcd"] != before
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="Fit", exact=True).click()
    assert [width(page, name) for name in "abcd"] == before


def test_keys_move_and_widen_columns(page: Page, mount: Mount) -> None:
    show(page, mount)
    before = width(page, "a")
    head(page, "a").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert width(page, "a") == before + 16
    page.keyboard.press("Shift+ArrowRight")
    expect(names(page)).to_have_text(["b", "a", "c", "d"])
    expect(head(page, "a")).to_be_focused()


def test_hidden_columns_come_back_and_the_last_one_stays(page: Page, mount: Mount) -> None:
    show(page, mount)
    columns = page.get_by_role("button", name="Columns")
    closed = columns.evaluate("button => getComputedStyle(button).borderColor")
    columns.click()
    expect(columns).not_to_have_css("border-color", closed)
    for name in "abc":
        page.get_by_role("checkbox", name=name, exact=True).uncheck()
    expect(names(page)).to_have_text(["d"])
    page.get_by_role("checkbox", name="d", exact=True).click()
    expect(page.get_by_role("checkbox", name="d", exact=True)).to_be_checked()
    expect(names(page)).to_have_text(["d"])
    expect(page.get_by_role("grid")).to_have_attribute("aria-colcount", "1")
    page.get_by_role("button", name="Reset").click()
    expect(names(page)).to_have_text(["a", "b", "c", "d"])


def test_a_pinned_column_stays_while_the_others_scroll(page: Page, mount: Mount) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    show(page, mount)
    for name in "abcd":
        head(page, name).focus()
        for _ in range(6):
            page.keyboard.press("Alt+ArrowRight")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="pin c at the left").click()
    expect(names(page)).to_have_text(["c", "a", "b", "d"])
    # Where the others vanish there is a line, else a cut value looks whole.
    for edge in (head(page, "c"), page.get_by_role("gridcell", name="c0")):
        expect(edge).to_have_css("border-right-style", "solid")
    before = page.get_by_role("gridcell", name="c0").bounding_box()
    page.locator(".viewport").evaluate("box => { box.scrollLeft = 150; }")
    assert page.locator(".viewport").evaluate("box => box.scrollLeft") == 150
    assert page.get_by_role("gridcell", name="c0").bounding_box() == before
    assert head(page, "c").bounding_box()["x"] == before["x"]  # type: ignore[index]


def test_changes_flash_in_the_column_where_it_stands_now(page: Page, mount: Mount) -> None:
    show(page, mount)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="a", exact=True).uncheck()
    page.evaluate("rig.kernel.changed = [[1, 2]]; rig.kernel.push()")
    expect(page.locator("td.hot")).to_have_text("c1")


def test_a_heading_that_is_let_go_elsewhere_is_let_go(page: Page, mount: Mount) -> None:
    show(page, mount)
    start, over = head(page, "d").bounding_box(), head(page, "b").bounding_box()
    assert start is not None
    assert over is not None
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(over["x"] + 20, over["y"] + 10, steps=3)
    expect(page.locator("th.target")).to_have_count(1)
    page.mouse.move(over["x"] + 20, over["y"] + 100)
    page.mouse.up()
    expect(names(page)).to_have_text(["a", "d", "b", "c"])
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    expect(page.locator("th.target")).to_have_count(0)


def test_the_cursor_is_never_behind_a_pinned_column(page: Page, mount: Mount) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    show(page, mount)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="pin c at the left").click()
    for name in "abd":
        head(page, name).focus()
        for _ in range(6):
            page.keyboard.press("Alt+ArrowRight")
    page.locator(".viewport").focus()
    edge = page.get_by_role("gridcell", name="c0")
    for key, text in (
        ("Control+Home", "c0"),
        ("End", "d0"),
        ("ArrowLeft", "b0"),
        ("ArrowLeft", "a0"),
    ):
        page.keyboard.press(key)
        cursor = page.locator("td.cursor")
        expect(cursor).to_have_text(text)
        box, pinned = cursor.bounding_box(), edge.bounding_box()
        assert box is not None
        assert pinned is not None
        assert text == "c0" or box["x"] >= pinned["x"] + pinned["width"]
