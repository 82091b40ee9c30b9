"""In marimo a table is shown, follows the database and answers the view, and its keys leave the notebook alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rtwidget.local import LocalBackend
from tests.browser.lab.ranked_table import first_row, live, make, views
from tests.browser.lab.serving import free_port, wait_until_up
from tests.patience import PATIENCE_MS

APP = """import marimo

app = marimo.App()


@app.cell
def _():
    from rtwidget import live_table

    live_table("ranked", order_by="id")
    return


@app.cell
def _():
    below   =  1
    return
"""
# marimo's commands for cells, most of which it binds to a cell or to the page; on a Mac with Cmd.
COMMANDS = (
    *(f"Control+{key}" for key in ("Enter", "Backspace", *"zyabhid./")),
    *(f"Control+Shift+{key}" for key in ("Enter", *"bropjkmleZ'1290")),
    *("Shift+Enter", "Shift+Backspace", "Delete", *"abcxvdd"),
)


@contextmanager
def marimo(app: Path, backend: LocalBackend, command: str = "run") -> Iterator[str]:
    """Serve an app, or open its notebook with `edit`; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    environment = {"SUPABASE_URL": backend.url, "SUPABASE_ANON_KEY": backend.anon_key}
    log = app.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "marimo", "--quiet", command, *options, str(app)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            cwd=app.parent,
        )
        try:
            wait_until_up(address, process, log)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def test_a_table_in_marimo(chromium: Browser, backend: LocalBackend, tmp_path: Path) -> None:
    make(backend, 500)
    app = tmp_path / "app.py"
    app.write_text(APP)
    with marimo(app, backend) as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        (view,) = views(page, 1)
        live(view)
        first_row(view, "name 1")
        backend.sql("update ranked set name = 'changed' where id = 1")
        first_row(view, "changed")
        view.get_by_role("columnheader", name="score").click()
        first_row(view, "name 500")
        page.close()


def code(page: Page) -> list[str]:
    return page.locator(".cm-content").all_inner_texts()


def test_keys_in_a_table_leave_the_cells_of_marimo_alone(
    chromium: Browser, backend: LocalBackend, tmp_path: Path
) -> None:
    make(backend, 500)
    app = tmp_path / "app.py"
    app.write_text(APP)
    with marimo(app, backend, "edit") as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        below = page.locator(".cm-content").last
        below.click()
        page.keyboard.press("Control+Enter")
        page.locator(".cm-content").first.click()
        page.keyboard.press("Control+Enter")
        (view,) = views(page, 1)
        live(view)
        below.click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" # an hour of work")
        view.get_by_role("button", name="Filters").click()
        view.get_by_role("gridcell", name="name 2", exact=True).click()
        fields = (
            view.locator(".viewport"),
            view.get_by_role("searchbox"),
            view.locator(".filters input").nth(1),
        )
        before = code(page)
        for field in fields:
            for key in COMMANDS:
                field.focus()
                page.keyboard.press(key)
            assert code(page) == before
            # A notebook in a folder for temporary files is asked for a name before it is saved.
            for key, title in (("Control+s", "Save notebook"), ("Control+k", "Command")):
                field.focus()
                page.keyboard.press(key)
                dialog = page.get_by_role("dialog").filter(has_text=title)
                expect(dialog).to_be_visible(timeout=PATIENCE_MS)
                page.keyboard.press("Escape")
                expect(dialog).not_to_be_visible()
        assert code(page) == before
        page.close()
