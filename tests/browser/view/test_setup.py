"""How somebody set a view up, and what they chose and copied, against a real kernel."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.ranked_table import SHOW, first_row, live, make, views
from tests.browser.lab.scene import box_of, head
from tests.page.actions import drag
from tests.patience import PATIENCE_MS

LONG = 2_000


def test_the_columns_and_the_order_survive_a_reload(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 200)
    notebook = open_notebook([SHOW, "t"])
    notebook.run(0)
    notebook.run(1)
    (view, other) = views(notebook.page, 2)
    live(view)
    name, score = (box_of(head(view, column)) for column in ("name", "score"))
    drag(notebook.page, head(view, "score"), name["x"] - score["x"])
    expect(view.locator("th .name")).to_have_text(["id", "score", "name"])
    drag(notebook.page, head(view, "score").locator(".grip"), 44)
    width = box_of(head(view, "score"))["width"]
    view.get_by_role("columnheader", name="score").click()
    view.get_by_role("button", name="Filters").click()
    view.get_by_label("Filter id").fill("50..150")
    view.get_by_role("searchbox").fill("name 1")
    view.get_by_role("button", name="Columns").click()
    view.get_by_role("button", name="pin name at the left").click()
    view.get_by_role("checkbox", name="id", exact=True).uncheck()
    expect(view.locator(".details")).to_contain_text("51 match", timeout=PATIENCE_MS)
    first_row(view, "name 150")
    assert "50..150" not in notebook.save()
    notebook.page.reload()
    notebook.wait_for_kernel()
    (view, other) = views(notebook.page, 2)
    live(view)
    first_row(view, "name 150")
    expect(view.locator(".details")).to_contain_text("51 match", timeout=PATIENCE_MS)
    expect(view.locator("th .name")).to_have_text(["name", "score"])
    assert box_of(head(view, "score"))["width"] == width
    expect(view.get_by_role("searchbox")).to_have_value("name 1")
    first_row(other, "name 1")
    expect(other.locator("th .name")).to_have_text(["id", "name", "score"])


def test_rows_that_were_never_loaded_are_chosen_and_copied_whole(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 2_000)
    backend.sql(f"update ranked set name = repeat('x', {LONG}) where id = 700")
    notebook = open_notebook([SHOW, ""])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    view.get_by_role("gridcell", name="name 2", exact=True).click()
    view.locator(".viewport").evaluate("box => { box.scrollTop = 1400 * 24; }")
    view.get_by_role("gridcell", name="name 1405", exact=True).click(modifiers=["Shift"])
    wait = "import time\nwhile len(t.selected_keys) < 2: time.sleep(0.05)\n"
    shown = notebook.run_for(1, f"{wait}print(len(t.selected), t.selected_keys[0])")
    assert shown == "1404 2"
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.locator(".viewport").focus()
    notebook.page.keyboard.press("Control+c")
    expect(view.locator(".notice")).to_have_text("Copied 1,404 rows", timeout=PATIENCE_MS)
    copied: str = notebook.page.evaluate("navigator.clipboard.readText()")
    lines = copied.splitlines()
    assert lines[:2] == ["id\tname\tscore", "2\tname 2\t998"]
    assert lines[699] == f"700\t{'x' * LONG}\t300"
    assert len(lines) == 1_405


def test_the_order_is_held_while_a_value_is_chosen_and_cells_go_on(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 50)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    view.get_by_role("columnheader", name="score").click()
    first_row(view, "name 50")
    view.get_by_role("button", name="Filters").click()
    view.get_by_label("Filter name").focus()
    expect(view.locator(".details")).to_contain_text("order held")
    backend.sql("update ranked set score = 5000, name = 'the last one now' where id = 50")
    first = view.locator("tbody tr:visible").first
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while "the last one now" not in first.inner_text():
        # Who does nothing for a while is taken for done.
        view.get_by_label("Filter name").press("ArrowLeft")
        assert time.monotonic() < deadline
    view.locator(".viewport").focus()
    first_row(view, "name 49")
