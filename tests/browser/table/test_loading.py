"""A table that is still loading, in a real notebook: its rows are there from the first page on, and can be scrolled."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.patience import PATIENCE_MS

ROWS = 30_000
FAR_S = 5.0
"""While every answer takes so long, loading cannot end."""
SHOW = """from rtwidget import live_table
t = live_table("long")
t"""


@pytest.fixture
def far(backend: LocalBackend) -> Iterator[LocalBackend]:
    backend.sql("drop table if exists long")
    backend.sql("create table long (id int primary key, name text)")
    backend.sql(f"insert into long select n, 'name ' || n from generate_series(1, {ROWS}) n")
    # Above a page the server does not count but asks the planner, who knows what it was told.
    backend.sql("analyze long")
    backend.sql("alter publication supabase_realtime add table long")
    backend.catch_up(60)
    backend.faults.latency(0.2)
    yield backend
    backend.faults.clear()


def test_a_table_is_scrolled_while_it_loads(open_notebook: OpenNotebook, far: LocalBackend) -> None:
    notebook = open_notebook([SHOW])
    notebook.run(0)
    view = notebook.page.locator(".rtwidget")
    expect(view.get_by_role("gridcell", name="name 1", exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(view.locator(".details")).to_have_text(
        re.compile(rf"[3-9],000 of about {ROWS:,} rows"), timeout=PATIENCE_MS
    )
    far.faults.latency(FAR_S)
    view.locator(".viewport").evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
    rows = view.locator("tbody tr[aria-rowindex]:visible")
    middle = view.locator("tbody tr[aria-rowindex]:visible td").filter(
        has_text=re.compile(r"^name \d{4,}$")
    )
    expect(middle.first).to_be_visible(timeout=PATIENCE_MS)
    assert int(rows.first.get_attribute("aria-rowindex") or 0) > 1000
    expect(view.locator(".word")).to_have_text("Loading")
    far.faults.latency(0)
    expect(view.locator(".word")).to_have_text("Live", timeout=PATIENCE_MS)
    expect(view.locator(".details")).to_contain_text(f"{ROWS:,} rows")
