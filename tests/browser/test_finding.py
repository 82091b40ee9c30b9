"""Search, filters and their values, from the field on the screen to the rows of a real table."""

from __future__ import annotations

from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.test_views import SHOW, WAIT_MS, first_row, live, make, views


def test_rows_are_found_by_search_and_filters(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 500)
    backend.sql("update ranked set name = null where id = 7")
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    details = view.locator(".details")
    search = view.get_by_role("searchbox", name="Search all columns")
    search.fill("NAME 49")
    expect(details).to_contain_text("11 match", timeout=WAIT_MS)
    first_row(view, "name 49")
    view.get_by_role("button", name="Filters").click()
    view.get_by_label("Filter id").fill("490..495")
    expect(details).to_contain_text("6 match", timeout=WAIT_MS)
    backend.sql("update ranked set name = 'gone from here' where id = 490")
    expect(details).to_contain_text("5 match", timeout=WAIT_MS)
    view.get_by_role("button", name="Clear all").click()
    expect(details).not_to_contain_text("match", timeout=WAIT_MS)
    view.get_by_label("Filter name").fill("is null")
    expect(details).to_contain_text("1 match", timeout=WAIT_MS)
    first_row(view, "7")
    backend.sql("update ranked set name = 'twice' where id in (1, 2)")
    view.get_by_label("Filter name").fill("=twice|name 3")
    expect(details).to_contain_text("3 match", timeout=WAIT_MS)
    view.get_by_label("Filter score").focus()
    view.get_by_label("Filter name").focus()
    expect(view.locator("datalist option[value='=twice']")).to_have_attribute(
        "label", "twice (2)", timeout=WAIT_MS
    )
