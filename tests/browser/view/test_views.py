"""Views in a real notebook: each its own order, one choice of rows, a picture that is held, a page that reloads."""

from __future__ import annotations

from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.ranked_table import SHOW, first_row, live, make, views
from tests.patience import PATIENCE_MS


def test_two_views_of_one_table_have_two_orders(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 200)
    notebook = open_notebook([SHOW, "t", "t.sort = [{'column': 'id', 'descending': True}]"])
    notebook.run(0)
    notebook.run(1)
    left, right = views(notebook.page, 2)
    live(left)
    right.get_by_role("columnheader", name="score").click()
    first_row(right, "name 200")
    first_row(left, "name 1")
    backend.sql("insert into ranked values (1000, 'name 1000', -5)")
    first_row(right, "name 1000")
    first_row(left, "name 1")
    notebook.run(2)
    first_row(left, "name 1000")
    expect(right.get_by_role("columnheader", name="score")).to_have_attribute("aria-sort", "none")


def test_rows_that_come_above_do_not_move_the_view(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 500)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    view.locator(".viewport").evaluate("box => { box.scrollTop = 200 * 24; }")
    row = view.get_by_role("gridcell", name="name 205", exact=True)
    expect(row).to_be_visible(timeout=PATIENCE_MS)
    before = row.bounding_box()
    backend.sql("insert into ranked select -n, 'above ' || n, 0 from generate_series(1, 50) n")
    expect(view.locator(".details")).to_contain_text("550 rows", timeout=PATIENCE_MS)
    expect(view.locator("tbody tr[aria-rowindex='256']")).to_contain_text("name 205")
    assert row.bounding_box() == before


def test_chosen_rows_arrive_in_python_and_survive_a_reload(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 50)
    notebook = open_notebook([SHOW, ""])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    view.get_by_role("gridcell", name="name 2", exact=True).click()
    view.get_by_role("gridcell", name="name 4", exact=True).click(modifiers=["Shift"])
    wait = "import time\nwhile len(t.selected_keys) != 3: time.sleep(0.05)\n"
    assert notebook.run_for(1, f"{wait}print(t.selected_keys, list(t.selected.name))") == (
        "[2, 3, 4] ['name 2', 'name 3', 'name 4']"
    )
    notebook.save()
    notebook.page.reload()
    notebook.wait_for_kernel()
    (view,) = views(notebook.page, 1)
    live(view)
    expect(view.locator("tbody tr[aria-selected=true]")).to_have_count(3, timeout=PATIENCE_MS)


def test_a_held_picture_waits(open_notebook: OpenNotebook, backend: LocalBackend) -> None:
    make(backend, 50)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    view.get_by_role("button", name="Pause").click()
    expect(view.get_by_role("button", name="Resume")).to_be_visible(timeout=PATIENCE_MS)
    backend.sql("update ranked set name = 'changed' where id <= 2")
    resume = view.get_by_role("button", name="Resume · 2 changes waiting")
    expect(resume).to_be_visible(timeout=PATIENCE_MS)
    first_row(view, "name 1")
    resume.click()
    first_row(view, "changed")
