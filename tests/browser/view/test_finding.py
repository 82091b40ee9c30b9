"""Search, filters and their values, from the field on the screen to the rows of a real table."""

from __future__ import annotations

from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.ranked_table import SHOW, first_row, live, make, views
from tests.patience import PATIENCE_MS


def test_rows_are_found_by_search_and_filters(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 500)
    backend.sql("update ranked set name = null where id = 7")
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    details = view.locator(".details")
    search = view.get_by_role("searchbox", name="Search all columns")
    search.fill("NAME 49")
    expect(details).to_contain_text("11 match", timeout=PATIENCE_MS)
    first_row(view, "name 49")
    view.get_by_role("button", name="Filters").click()
    view.get_by_label("Filter id").fill("490..495")
    expect(details).to_contain_text("6 match", timeout=PATIENCE_MS)
    backend.sql("update ranked set name = 'gone from here' where id = 490")
    expect(details).to_contain_text("5 match", timeout=PATIENCE_MS)
    view.get_by_role("button", name="Clear all").click()
    expect(details).not_to_contain_text("match", timeout=PATIENCE_MS)
    view.get_by_label("Filter name").fill("is null")
    expect(details).to_contain_text("1 match", timeout=PATIENCE_MS)
    first_row(view, "7")
    backend.sql("update ranked set name = 'twice' where id in (1, 2)")
    view.get_by_label("Filter name").fill("=twice|name 3")
    expect(details).to_contain_text("3 match", timeout=PATIENCE_MS)
    view.get_by_label("Filter score").focus()
    view.get_by_label("Filter name").focus()
    expect(view.locator("datalist option[value='=twice']")).to_have_attribute(
        "label", "twice (2)", timeout=PATIENCE_MS
    )


def test_what_stands_in_a_cell_is_found_in_the_readers_zone(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    backend.sql("drop table if exists launches")
    backend.sql(
        "create table launches (id int primary key, name text, at timestamptz, visitors int, rate float8)"
    )
    # The second one is written as the first one is shown; both stand at 08:15 of two days.
    backend.sql(
        "insert into launches values (1, 'Zebra', '2026-03-15 02:30:00.25+00', 1234567, 1234.5678),"
        " (2, 'élan', '2026-03-15 08:15:00+00', 42, 0.5), (3, 'apple', '2026-03-14 18:14:59+00', 234, 7),"
        " (4, 'Banana', null, null, null)"
    )
    backend.sql("alter publication supabase_realtime add table launches")
    show = (
        "from rtwidget import live_table\n"
        "t = live_table('launches', order_by='id', types={'at': 'timestamptz', 'rate': 'float8'})\nt"
    )
    notebook = open_notebook([show])
    zone = notebook.page.context.new_cdp_session(notebook.page)
    zone.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Kathmandu"})
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    names = view.locator("tbody tr:visible td[aria-colindex='2']")
    expect(view.get_by_role("gridcell", name="2026-03-15 08:15:00")).to_be_visible()
    search = view.get_by_role("searchbox", name="Search all columns")
    for typed, found in (
        ("2026-03-15 08:15", ["Zebra"]),
        ("2026-03-15", ["Zebra", "élan"]),
        ("2026-03-15T02:30:00.25+00:00", ["Zebra"]),
        ("1,234", ["Zebra"]),
        ("1,234.57", ["Zebra"]),
        ("null", ["Banana"]),
        ("", ["Zebra", "élan", "apple", "Banana"]),
    ):
        search.fill(typed)
        expect(names).to_have_text(found, timeout=PATIENCE_MS)
    view.get_by_role("button", name="Filters").click()
    field = view.get_by_label("Filter at")
    for typed, found in (
        ("2026-03-15", ["Zebra", "élan"]),
        ("2026-03-14", ["apple"]),
        ("=2026-03-15 08:15:00", ["Zebra"]),
        ("2026-03-15 08", ["Zebra"]),
        ("2026-03-15 08..2026-03-15 08:15:00", ["Zebra"]),
        (">=2026-03-15 00:00", ["Zebra", "élan"]),
        ("", ["Zebra", "élan", "apple", "Banana"]),
    ):
        field.fill(typed)
        expect(names).to_have_text(found, timeout=PATIENCE_MS)
    field.focus()
    expect(view.locator("datalist option[value='=2026-03-15 14:00:00']")).to_have_count(1)
    header = view.get_by_role("columnheader", name="name")
    header.click()
    expect(names).to_have_text(["apple", "Banana", "élan", "Zebra"], timeout=PATIENCE_MS)
    backend.sql("insert into launches values (5, 'Éclair'), (6, 'eclipse'), (7, null)")
    expect(names).to_have_text(
        ["apple", "Banana", "Éclair", "eclipse", "élan", "Zebra", "null"], timeout=PATIENCE_MS
    )
    header.click()
    expect(names).to_have_text(
        ["Zebra", "élan", "eclipse", "Éclair", "Banana", "apple", "null"], timeout=PATIENCE_MS
    )
    zone.detach()
