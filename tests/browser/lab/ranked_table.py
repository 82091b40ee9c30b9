"""A table of ranked names, the cells that show it, and what stands in its views."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from rtwidget.local import LocalBackend
from tests.patience import PATIENCE_MS

SHOW = """from rtwidget import live_table
t = live_table("ranked", order_by="id")
t"""
SHOW_WHOLE = SHOW.removesuffix("t") + "t.wait_ready(120)\nt"
"""Shows a table once its rows are there, so that they are in the saved picture on a slow machine too."""


def make(backend: LocalBackend, rows: int) -> None:
    backend.sql("drop table if exists ranked")
    backend.sql("create table ranked (id int primary key, name text, score int)")
    backend.sql(
        f"insert into ranked select n, 'name ' || n, 1000 - n from generate_series(1, {rows}) n"
    )
    backend.sql("alter publication supabase_realtime add table ranked")


def views(page: Page, count: int) -> list[Locator]:
    found = page.locator(".rtwidget")
    expect(found).to_have_count(count, timeout=PATIENCE_MS)
    return [found.nth(place) for place in range(count)]


def first_row(view: Locator, text: str) -> None:
    expect(view.locator("tbody tr:visible").first).to_contain_text(text, timeout=PATIENCE_MS)


def live(view: Locator) -> None:
    expect(view.locator(".word")).to_have_text("Live", timeout=PATIENCE_MS)
