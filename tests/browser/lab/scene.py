"""A table with a column of each kind, shown in a notebook that the tests of a module share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import FloatRect, Locator, Page, expect

from rtwidget.local import LocalBackend
from tests.browser.lab.notebook_page import NotebookPage
from tests.patience import PATIENCE_MS

TABLE = """drop table if exists scene;
create table scene (
    id int primary key, name text, status text, amount numeric, score float8, ok bool, doc jsonb, at timestamptz);
insert into scene
select n, 'name ' || n, (array['open', 'done', 'failed'])[n % 3 + 1], n * 1000.5, n / 100.0, n % 2 = 0,
    jsonb_build_object('n', n, 'tags', array['a', 'b']), timestamptz '2026-01-01 12:00+00' + n * interval '1 day'
from generate_series(1, 200) n;
alter publication supabase_realtime add table scene;"""
SHOW = """from rtwidget import live_table
TYPES = {{"amount": "numeric", "score": "float8", "ok": "bool", "doc": "jsonb", "at": "timestamptz"}}
t = live_table("scene", types=TYPES, order_by="id"{options})
{more}
t"""
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
THEME = """async (theme) => {
    await window.jupyterapp.commands.execute("apputils:change-theme", { theme });
    const background = () => getComputedStyle(document.body).getPropertyValue("--jp-layout-color0");
    const wanted = theme.endsWith("Dark") ? /^\\s*#111/ : /^\\s*(white|#fff)/;
    const splash = () => document.querySelector("#jupyterlab-splash");
    while (!wanted.test(background()) || splash()) await new Promise(requestAnimationFrame);
}"""


class Scene:
    """The table `scene` in a notebook; each showing is a table of its own.

    Args:
        notebook: Where it is shown; its first cell shows the table, its second one asks Python.
        backend: Where the rows are.
    """

    def __init__(self, notebook: NotebookPage, backend: LocalBackend) -> None:
        self.notebook = notebook
        self.page: Page = notebook.page
        self.sql = backend.sql
        self.sql(TABLE)

    def show(self, options: str = "", more: str = "") -> Locator:
        """Show the table with these options of `live_table` after these lines; return its view."""
        self.notebook.set_source(
            0, SHOW.format(options=f", {options}" if options else "", more=more)
        )
        self.notebook.run(0)
        view = self.page.locator(".rtwidget")
        expect(view).to_have_count(1)
        expect(view.locator(".word")).to_have_text("Live", timeout=PATIENCE_MS)
        expect(view.locator("tbody tr:visible").last).to_contain_text("name")
        return view


@contextmanager
def dark(page: Page) -> Iterator[None]:
    """Let JupyterLab be dark; it keeps its colours for every page that comes later, so they are put back."""
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")
    page.evaluate(THEME, DARK)
    try:
        yield
    finally:
        page.evaluate(THEME, LIGHT)


def head(view: Locator, column: str) -> Locator:
    """Return a column's heading."""
    return view.locator("th").filter(has=view.page.get_by_text(column, exact=True))


def cell(view: Locator, row: int, column: str) -> Locator:
    """Return a cell by the row's place, from 1 on, and the column's name."""
    place = head(view, column).get_attribute("aria-colindex")
    return view.locator(f"tbody tr[aria-rowindex='{row + 1}'] td[aria-colindex='{place}']")


def box_of(element: Locator) -> FloatRect:
    """Return where an element stands; it must be on the screen."""
    box = element.bounding_box()
    assert box is not None
    return box
