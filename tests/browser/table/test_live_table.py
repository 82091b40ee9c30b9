"""The main job, end to end: a table that paints what the database does."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rtwidget.local import LocalBackend
from rtwidget.local.demo.demo_writer import DemoWriter
from rtwidget.local.demo.lab_process import Lab as DemoLab
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.scene import dark
from tests.patience import PATIENCE_MS, PATIENCE_S

SHOW = """from rtwidget import live_table
t = live_table("agent_proposals", types={"amount": "numeric", "score": "float8"}, order_by="id.desc")
t"""


def cell(page: Page, text: str) -> None:
    expect(page.get_by_role("gridcell", name=text, exact=True).first).to_be_visible(
        timeout=PATIENCE_MS
    )


def state(page: Page, word: str) -> None:
    expect(page.locator(".rtwidget .word").first).to_have_text(word, timeout=PATIENCE_MS)


def test_run_all_of_the_demo_leaves_live_tables_on_the_screen(
    chromium: Browser, backend: LocalBackend, shots: Path, tmp_path: Path
) -> None:
    environment = {
        "SUPABASE_URL": backend.url,
        "SUPABASE_ANON_KEY": backend.anon_key,
        "RTWIDGET_DEMO_DSN": backend.dsn,
        # Nobody's own answer to the question about news, and nobody's theme.
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
    }
    with DemoWriter(backend.dsn, 5.0), DemoLab(environment, 0, browser=False) as lab:
        page = small_window(chromium)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        run_all(page, lab)
        views = page.locator(".rtwidget")
        expect(views).to_have_count(2)
        expect(page.get_by_text("[*]:")).to_have_count(0)
        # JupyterLab shows the last cell when all have run, so that is where a table has to be.
        expect(views.last.locator(".word")).to_have_text("Live")
        expect(views.last.locator(".word")).to_be_in_viewport()
        page.screenshot(path=shots / "demo-ran.png")
        page.locator(".jp-WindowedPanel-outer").evaluate("outer => { outer.scrollTop = 0; }")
        # All of it but a few lines, should a machine's letters be larger.
        expect(views.first).to_be_in_viewport(ratio=0.9)
        expect(page.locator(".Toastify__toast")).to_have_count(0)
        backend.sql("insert into agent_proposals (agent, title) values ('ada', 'A fresh proposal')")
        cell(page, "A fresh proposal")
        backend.sql("update agent_proposals set title = 'A changed proposal' where agent = 'ada'")
        cell(page, "A changed proposal")
        page.screenshot(path=shots / "demo-light.png")
        backend.sql("delete from agent_proposals where agent = 'ada'")
        expect(page.get_by_role("gridcell", name="A changed proposal")).to_have_count(0)
        assert errors == []
        page.context.close()


def small_window(chromium: Browser) -> Page:
    """Return a tab that is no larger than a small laptop shows."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE_MS)
    return page


def run_all(page: Page, lab: DemoLab) -> None:
    """Open the demo's notebook as `rtwidget demo` does, and run it from the menu."""
    deadline = time.monotonic() + PATIENCE_S
    while not lab.is_ready():
        assert not lab.has_ended(), lab.log_tail()
        assert time.monotonic() < deadline, lab.log_tail()
        # Nothing tells when a server begins to listen, so it is asked again.
        time.sleep(0.1)
    page.goto(lab.url)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def test_a_killed_socket_shows_offline_then_live_with_the_rows_right(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    page = open_notebook([SHOW])
    page.run(0)
    state(page.page, "Live")
    backend.faults.block_websocket()
    backend.faults.close(1012)
    state(page.page, "Offline")
    backend.sql("insert into agent_proposals (agent, title) values ('bob', 'Written in the dark')")
    backend.faults.clear()
    state(page.page, "Live")
    cell(page.page, "Written in the dark")
    backend.sql("delete from agent_proposals where agent = 'bob'")


def test_a_cell_that_runs_three_times_leaves_one_subscription(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    page = open_notebook([SHOW, "", ""])
    for _ in range(3):
        page.run(0)
        page.run_for(1, "t.wait_ready(); print(t.status.state)")
    assert page.run_for(1, "print(t.status.state)") == "live"
    assert backend.subscriptions == 1
    for name in ("first", "second", "third"):
        backend.sql(f"create table {name} (id int primary key)")
        backend.sql(f"alter publication supabase_realtime add table {name}")
    page.run_for(
        1,
        "three = [live_table(name) for name in ('first', 'second', 'third')]\n"
        "print(*(x.wait_ready().status.state for x in three))",
    )
    assert page.output(1).strip() == "live live live"
    assert backend.subscriptions == 4
    page.run_for(2, "for x in (*three, t): x.close()")
    assert backend.subscriptions == 0


def test_dark_looks(open_notebook: OpenNotebook, shots: Path) -> None:
    page = open_notebook([SHOW])
    with dark(page.page):
        page.run(0)
        state(page.page, "Live")
        expect(page.page.get_by_role("gridcell").first).to_be_visible()
        page.page.screenshot(path=shots / "demo-dark.png")
