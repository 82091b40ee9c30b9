"""Take the README's picture anew, from JupyterLab in Chromium: `python -m scripts.picture`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, expect, sync_playwright

from rtwidget.local import LocalBackend
from rtwidget.local.demo.demo_table import create_demo
from rtwidget.local.demo.demo_writer import DemoWriter
from scripts.checks.steps import ROOT
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.chromium import launch_chromium
from tests.patience import PATIENCE_MS

PICTURE = ROOT / "docs" / "pictures" / "live-table.png"
WIDTH, HEIGHT = 1180, 760
SCALE = 1.5
"""Pixels of the picture for each of the page: sharp on most screens, and still a small file."""
CHANGES_PER_S = 20.0
MOMENT = """async (view) => {
    const isOsaka = (row) => /[\\u3000-\\u9fff]/.test(row.textContent);
    const flashes = (row) => row.matches(":not(.new)") && row.querySelector("td.hot");
    const rows = () => [...view.querySelectorAll("tbody tr")];
    while (rows().some(isOsaka) || !rows().some(flashes)) await new Promise(requestAnimationFrame);
}"""
"""A cell flashes, and no row has Japanese letters, which not every machine can draw."""
CELL = """from rtwidget import live_table

t = live_table("agent_proposals", order_by="id.desc")
t.style("score", "bar", low=0, high=1).style("status", {"approved": "good", "rejected": "bad"})"""


def main() -> None:
    """Show the demo's table, and take the picture while a cell flashes."""
    with tempfile.TemporaryDirectory() as folder, LocalBackend() as backend:
        create_demo(backend.dsn)
        environment = {"SUPABASE_URL": backend.url, "SUPABASE_ANON_KEY": backend.anon_key}
        with (
            DemoWriter(backend.dsn, CHANGES_PER_S),
            Lab(Path(folder), environment) as lab,
            sync_playwright() as playwright,
        ):
            lab.write_notebook("picture.ipynb", [CELL])
            browser = launch_chromium(playwright)
            size = ViewportSize(width=WIDTH, height=HEIGHT)
            page = browser.new_page(viewport=size, device_scale_factor=SCALE)
            notebook = NotebookPage(lab, page, "picture.ipynb")
            page.evaluate(
                "() => window.jupyterapp.commands.execute('application:toggle-left-area')"
            )
            notebook.run(0)
            expect(page.locator(".rtwidget .word")).to_have_text("Live")
            page.locator(".rtwidget").evaluate(MOMENT, timeout=PATIENCE_MS)
            page.locator(".jp-CodeCell").first.screenshot(path=PICTURE)
            notebook.end_kernel()
            browser.close()


if __name__ == "__main__":
    main()
