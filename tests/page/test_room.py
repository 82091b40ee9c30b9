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
    expect(page.locator(".mark").first).to_have_text("▼")
    cut = "names => names.filter((name) => name.scrollWidth > name.clientWidth).length"
    assert page.locator(".name").evaluate_all(cut) == 0
