"""A smoke test in marimo: a table is shown there, follows the database, and answers the view."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from rtwidget.local import LocalBackend
from tests.browser.serving import free_port, wait_until_up
from tests.browser.test_views import first_row, live, make, views

APP = """import marimo

app = marimo.App()


@app.cell
def _():
    from rtwidget import live_table

    live_table("ranked", order_by="id")
    return
"""


@contextmanager
def marimo(app: Path, backend: LocalBackend) -> Iterator[str]:
    """Serve an app; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    environment = {"SUPABASE_URL": backend.url, "SUPABASE_ANON_KEY": backend.anon_key}
    log = app.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "marimo", "--quiet", "run", *options, str(app)],
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
        page.goto(address)
        (view,) = views(page, 1)
        live(view)
        first_row(view, "name 1")
        backend.sql("update ranked set name = 'changed' where id = 1")
        first_row(view, "changed")
        view.get_by_role("columnheader", name="score").click()
        first_row(view, "name 500")
        page.close()
