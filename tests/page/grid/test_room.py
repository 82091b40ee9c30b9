"""Who gets the room: problems, headers, columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

SQL = "alter publication supabase_realtime add table agent_proposals;"
PROBLEM = {"message": "The server closed the connection.", "hint": f"Run `{SQL}`."}
KINDS = (("n", "int"), ("tags", "array"))
WIDTH = "head => head.getBoundingClientRect().width"
HEIGHT = "document.querySelector('#cell').getBoundingClientRect().height"


def tell(page: Page, status: str) -> None:
    page.evaluate(f"Object.assign(rig.kernel.status, {status}); rig.kernel.push()")


@pytest.mark.parametrize("total", [0, 3, 5, 1000])
def test_a_short_outage_does_not_move_the_page(page: Page, mount: Mount, total: int) -> None:
    mount(total=total)
    expect(page.locator(".word")).to_have_text("Live")
    page.wait_for_function("rig.model.sent.some(({ kind }) => kind === 'ack')")
    before = page.evaluate(HEIGHT)
    tell(page, "{ state: 'offline', error: { message: 'Away.', hint: null } }")
    expect(page.locator(".problem")).to_be_visible()
    assert page.evaluate(HEIGHT) == before
    tell(page, "{ state: 'live', error: null }")
    expect(page.locator(".problem")).not_to_be_visible()
    assert page.evaluate(HEIGHT) == before


def test_one_click_selects_the_sql(page: Page, mount: Mount) -> None:
    mount(total=10, status={"state": "failed", "error": PROBLEM})
    code = page.locator(".problem code")
    code.click()
    shown = "document.querySelector('#cell > div').shadowRoot.getSelection().toString()"
    assert page.evaluate(shown) == SQL


def test_a_header_click_shows_the_first_rows(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.locator(".viewport").evaluate("box => { box.scrollTop = 500 * 24; }")
    expect(page.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    page.get_by_role("columnheader", name="title").click()
    expect(page.get_by_role("gridcell", name="row 0", exact=True)).to_be_visible()
    assert page.locator(".viewport").evaluate("box => box.scrollTop") == 0


def test_the_sort_mark_cuts_no_header(page: Page, mount: Mount) -> None:
    names = ("approximate_amount", "is_waiting_for_mama", "n", "WWWWWWWWWWWW", "confidence")
    columns = [{"name": name, "kind": "bool", "key": name == "n"} for name in names]
    mount(columns=columns, total=3, rows=[[True] * 5] * 3)
    expect(page.locator("tbody tr").first).to_contain_text("✓")
    order = [{"column": name, "descending": True} for name in names]
    page.evaluate("order => rig.model.set('sort', order)", order)
    expect(page.locator(".mark").first).to_have_text("▼1")
    cut = "names => names.filter((name) => name.scrollWidth > name.clientWidth).length"
    assert page.locator(".name").evaluate_all(cut) == 0


def test_a_cut_column_grows_once_into_spare_room(page: Page, mount: Mount) -> None:
    columns = [{"name": name, "kind": kind, "key": False} for name, kind in KINDS]
    mount(columns=columns, total=20, rows=[["1", "[1]"]] * 20)
    expect(page.locator("tbody tr").first).to_contain_text("[1]")
    before = page.locator("th").nth(1).evaluate(WIDTH)
    page.evaluate("rig.kernel.makeRow = (index) => ['1', `[${'1, '.repeat(40)}1]`]")
    page.evaluate("rig.kernel.push()")
    cell = page.get_by_role("gridcell").nth(1)
    expect(cell).to_contain_text("1, 1")
    heading = page.locator("th").nth(1).element_handle()
    page.wait_for_function(f"heading => ({WIDTH})(heading) > {before + 100}", arg=heading)
    page.evaluate("rig.kernel.makeRow = (index) => ['1', '[1]']; rig.kernel.push()")
    grown = page.locator("th").nth(1).evaluate(WIDTH)
    expect(cell).to_contain_text("[1]")
    # That nothing shrinks shows only over time: widths are looked at once a second.
    page.wait_for_timeout(1200)
    assert page.locator("th").nth(1).evaluate(WIDTH) == grown


def test_text_takes_the_room_that_is_left(page: Page, mount: Mount) -> None:
    columns = [{"name": "id", "kind": "int", "key": True}]
    columns += [{"name": f"text_{index}", "kind": "text", "key": False} for index in range(3)]
    mount(columns=columns, total=20, rows=[["1", "a", "b", "c"]] * 20)
    expect(page.locator("tbody tr").first).to_contain_text("a")
    assert page.locator("th.filler").evaluate(WIDTH) < 4


def test_the_list_of_values_takes_no_room_from_what_is_typed(page: Page, mount: Mount) -> None:
    mount(total=3)
    page.get_by_role("button", name="Filters").click()
    room, text = page.get_by_label("Filter id").evaluate(
        """(field) => {
            const list = field.getAttribute("list");
            field.removeAttribute("list");
            field.value = "min..max";
            Object.assign(field.style, { fieldSizing: "content", width: "auto" });
            Object.assign(field.style, { width: `${field.offsetWidth}px`, fieldSizing: "fixed" });
            field.setAttribute("list", list);
            return [field.clientWidth, field.scrollWidth];
        }"""
    )
    assert text == room


def test_the_page_scrolls_to_the_cursor(page: Page, mount: Mount) -> None:
    # So low is a notebook at 200 %: not all of a table is in sight.
    page.set_viewport_size({"width": 600, "height": 200})
    mount(total=1000)
    page.locator(".viewport").focus()
    for key, text in (("Control+End", "row 999"), ("Control+Home", "0")):
        page.keyboard.press(key)
        expect(page.locator("td.cursor")).to_have_text(text)
        expect(page.locator("td.cursor")).to_be_in_viewport(ratio=1)
