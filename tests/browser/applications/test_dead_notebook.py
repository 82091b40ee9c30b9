"""A notebook whose kernel is gone: one's own and trusted, it shows the saved picture until the cell runs again."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.ranked_table import SHOW_WHOLE, first_row, live, make, views
from tests.patience import PATIENCE_MS


def run_live(notebook: NotebookPage) -> Locator:
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    return view


def shows_the_picture(
    notebook: NotebookPage, words: str = "the first 100 of 150 rows, as of"
) -> None:
    output = notebook.page.locator(".jp-OutputArea-output").first
    expect(output).to_contain_text(words, timeout=PATIENCE_MS)
    expect(output).not_to_contain_text("widget", ignore_case=True)
    expect(output.locator("tbody tr")).to_have_count(100)
    expect(output.locator("tbody tr").last).to_contain_text("name 100")
    expect(notebook.page.locator(".rtwidget")).to_have_count(0)


def test_a_notebook_of_an_earlier_kernel_shows_the_saved_rows_and_runs_again(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 150)
    notebook = open_notebook([SHOW_WHOLE])
    view = run_live(notebook)
    notebook.restart_kernel()
    expect(view.locator(".word")).to_have_text("Kernel gone", timeout=PATIENCE_MS)
    notebook.wait_for_kernel()
    notebook.save()
    notebook.page.reload()
    notebook.wait_for_kernel()
    shows_the_picture(notebook)
    first_row(run_live(notebook), "name 1")
    expect(notebook.page.get_by_text("as of")).to_have_count(0)


def test_a_notebook_without_any_kernel_shows_the_saved_rows(
    lab: Lab, chromium: Browser, backend: LocalBackend
) -> None:
    make(backend, 150)
    # In a tab of its own, because JupyterLab asks for the kernel again when the notebook is closed.
    lab.write_notebook("absent.ipynb", [SHOW_WHOLE])
    notebook = NotebookPage(lab, chromium, "absent.ipynb")
    # JupyterLab looks for a kernel by its name, then by its language, then asks.
    notebook.page.evaluate(
        """() => {
            const { sharedModel } = window.jupyterapp.shell.currentWidget.model;
            sharedModel.setMetadata("kernelspec", {name: "absent", display_name: "absent"});
            sharedModel.setMetadata("language_info", {name: "absent"});
        }"""
    )
    run_live(notebook)
    notebook.save()
    notebook.end_kernel()
    notebook.page.reload()
    no_kernel = notebook.page.locator(".jp-Dialog .jp-mod-reject")
    no_kernel.click(timeout=PATIENCE_MS)
    shows_the_picture(notebook)
    assert notebook.errors == []
    notebook.close()
