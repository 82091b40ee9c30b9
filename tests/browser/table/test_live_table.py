"""The main job, end to end: a table that paints what the database does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.scene import dark
from tests.patience import PATIENCE_MS

SHOW = """from rtwidget import live_table
t = live_table("agent_proposals", types={"amount": "numeric", "score": "float8"}, order_by="id.desc")
t"""


def cell(page: Page, text: str) -> None:
    expect(page.get_by_role("gridcell", name=text, exact=True).first).to_be_visible(
        timeout=PATIENCE_MS
    )


def state(page: Page, word: str) -> None:
    expect(page.locator(".rtwidget .word").first).to_have_text(word, timeout=PATIENCE_MS)


def test_the_demo_notebook_paints_inserts_updates_and_deletes(
    lab: Lab, chromium: Browser, backend: LocalBackend, shots: Path
) -> None:
    source = Path(__file__).parents[3] / "notebooks" / "01_live_table.ipynb"
    (lab.folder / "notebooks" / "demo.ipynb").write_text(source.read_text())
    opened = NotebookPage(lab, chromium, "demo.ipynb")
    page = opened.page
    opened.run(1)
    opened.run(2)
    state(page, "Live")
    backend.sql("insert into agent_proposals (agent, title) values ('ada', 'A fresh proposal')")
    cell(page, "A fresh proposal")
    backend.sql("update agent_proposals set title = 'A changed proposal' where agent = 'ada'")
    cell(page, "A changed proposal")
    page.screenshot(path=shots / "demo-light.png")
    backend.sql("delete from agent_proposals where agent = 'ada'")
    expect(page.get_by_role("gridcell", name="A changed proposal")).to_have_count(0)
    assert opened.errors == []
    opened.close()


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
