"""PostgreSQL without Supabase in a real notebook: rows, a change, and a cut that mends itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from tests.browser.conftest import OpenNotebook
from tests.browser.table.test_live_table import cell, state

ROLE = "notebook_reader"
END = "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = %s"


@pytest.fixture
def dsn(backend: LocalBackend) -> Iterator[str]:
    """Connection string of a role that may read the table `orders`, which announces its changes."""
    address = login_dsn(backend.dsn, ROLE, member_of="authenticated")
    backend.sql(
        "create table orders (id int primary key, customer text);"
        "insert into orders select n, 'customer ' || n from generate_series(1, 500) n"
    )
    setup.enable("orders", backend.dsn)
    yield address
    backend.sql(f"drop table orders; drop owned by {ROLE}")
    backend.sql(f"drop role {ROLE}")


def test_a_table_is_shown_live_and_comes_back_after_its_connections_were_ended(
    open_notebook: OpenNotebook, backend: LocalBackend, dsn: str
) -> None:
    source = f"from rtwidget import live_table\nt = live_table('orders', source={dsn!r}, order_by='id.desc')\nt"
    notebook = open_notebook([source, ""])
    notebook.run(0)
    state(notebook.page, "Live")
    cell(notebook.page, "customer 500")
    backend.sql("insert into orders values (501, 'a live change')")
    cell(notebook.page, "a live change")
    backend.sql("update orders set customer = 'a changed row' where id = 501")
    cell(notebook.page, "a changed row")
    backend.sql("delete from orders where id = 501")
    expect(notebook.page.get_by_role("gridcell", name="a changed row")).to_have_count(0)
    backend.sql(f"alter role {ROLE} connection limit 0")
    assert backend.sql(END, ROLE)[0][0] > 0
    state(notebook.page, "Offline")
    cell(notebook.page, "customer 500")
    backend.sql("insert into orders values (502, 'written in the dark')")
    backend.sql(f"alter role {ROLE} connection limit -1")
    state(notebook.page, "Live")
    cell(notebook.page, "written in the dark")
    backend.sql("insert into orders values (503, 'live again')")
    cell(notebook.page, "live again")
    assert notebook.run_for(1, "t.close(); print(t.status.state)") == "closed"
    assert backend.sql("select count(*) from pg_stat_activity where usename = %s", ROLE) == [(0,)]
