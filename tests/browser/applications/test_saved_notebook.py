"""A notebook that comes from somebody else: the saved picture, and the table again once it runs."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.ranked_table import SHOW_WHOLE, first_row, live, make, views
from tests.patience import PATIENCE_MS


def test_an_untrusted_notebook_shows_the_saved_rows_and_runs_again(
    open_notebook: OpenNotebook, lab: Lab, chromium: Browser, backend: LocalBackend
) -> None:
    make(backend, 150)
    notebook = open_notebook([SHOW_WHOLE])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    saved = notebook.save()
    kept = json.loads(saved)
    assert "widgets" not in kept["metadata"]
    # Who changes a saved notebook takes its signature, and with it the trust, away.
    (lab.folder / "notebooks" / "untrusted.ipynb").write_text(saved.replace("name 3<", "NAME<"))
    untrusted = NotebookPage(lab, chromium, "untrusted.ipynb")
    output = untrusted.page.locator(".jp-OutputArea-output").first
    expect(output).to_contain_text("the first 100 of 150 rows, as of", timeout=PATIENCE_MS)
    expect(output.locator("tbody tr")).to_have_count(100)
    expect(output.locator("tbody tr").nth(2)).to_contain_text("NAME")
    expect(untrusted.page.locator(".rtwidget")).to_have_count(0)
    untrusted.run(0)
    (view,) = views(untrusted.page, 1)
    live(view)
    first_row(view, "name 1")
    untrusted.close()
