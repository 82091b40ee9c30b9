"""The same in Notebook 7: it paints, follows changes, asks for what is scrolled to, and leaves a picture."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from rtwidget.local import LocalBackend
from tests.browser.applications.test_dead_notebook import shows_the_picture
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.ranked_table import SHOW_WHOLE, first_row, live, make, views
from tests.patience import PATIENCE_MS


def test_a_table_in_notebook_7_and_its_picture_when_the_kernel_is_gone(
    lab: Lab, chromium: Browser, backend: LocalBackend
) -> None:
    make(backend, 500)
    lab.write_notebook("seven.ipynb", [SHOW_WHOLE])
    address = lab.notebook_address("seven.ipynb")
    notebook = NotebookPage(lab, chromium, "seven.ipynb", address)
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    backend.sql("update ranked set name = 'changed' where id = 1")
    first_row(view, "changed")
    view.locator(".viewport").evaluate("box => { box.scrollTop = 400 * 24; }")
    far = view.get_by_role("gridcell", name="name 405", exact=True)
    expect(far).to_be_visible(timeout=PATIENCE_MS)
    expect(notebook.page.locator("body[data-notebook=notebooks]")).to_have_count(1)
    notebook.save()
    notebook.end_kernel()
    notebook.page.reload()
    notebook.wait_for_kernel()
    shows_the_picture(notebook, "the first 100 of 500 rows, as of")
    # Notebook 7 stumbles over settings and commands that only JupyterLab has; ours are the errors of the module that a widget
    # brings as a blob.
    assert [error for error in notebook.errors if "blob:" in error] == []
    notebook.close()
