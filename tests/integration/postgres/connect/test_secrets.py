"""The password is in nothing that anybody can see: errors and their frames, logs, repr, widget state."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.errors import RtwidgetError
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenTable, announced
from tests.integration.postgres.live_table.test_table import ready
from tests.unit.sources.postgres.shown import shown

PASSWORD = "hunter2hunter2"
SOURCE = f"postgresql://web:{PASSWORD}@127.0.0.1:9/db"


@pytest.mark.parametrize(
    "options",
    [
        {"numeric": "x"},
        {"verify_every": 0},
        {"limit": -1},
        {"filter": "nonsense"},
        {"filter": "or=(a.eq.1)"},
        {"url": "https://ref.supabase.co"},
        {"source": f"postgresql+psycopg://web:{PASSWORD}@h/db"},
        {"source": f"postgresql://web:{PASSWORD}@db.example/db?sslmode=disable"},
        {"source": f"mysql://web:{PASSWORD}@h/db"},
    ],
)
def test_a_refused_argument_shows_none(options: dict[str, Any]) -> None:
    with pytest.raises(RtwidgetError) as caught:
        live_table("t", **{"source": SOURCE, **options})
    assert PASSWORD not in shown(caught.value)


def test_a_refused_login_shows_none(
    backend: LocalBackend, name: str, open_table: OpenTable, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    port = backend.dsn.rpartition(":")[2].partition("/")[0]
    text = ""
    for source in (SOURCE, f"postgresql://web:{PASSWORD}@127.0.0.1:{port}/postgres"):
        table = open_table(source=source)
        with pytest.raises(RtwidgetError) as caught:
            table.wait_ready(timeout=1)
        text += shown(caught.value)
        error = table._handle.error
        assert error is not None
        text += shown(error)
        text += "".join(map(repr, [table, table.status, table.get_state(), table.stats]))
    for action in (setup.enable, setup.disable, setup.status):
        with pytest.raises(RtwidgetError) as caught:
            action("t", source)
        text += shown(caught.value)
    assert "password authentication failed" in text
    assert PASSWORD not in text + caplog.text


def test_a_live_table_that_is_cut_off_shows_none(
    backend: LocalBackend,
    web: str,
    name: str,
    open_table: OpenTable,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    announced(backend, name, "id int primary key")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        table = ready(open_table())
        backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'")
        backend.sql(f"insert into {name} values (1)")
        table.wait_for(lambda df: len(df) == 1)
    text = "".join(map(repr, [table, table.status, table.get_state(), table.df.attrs]))
    text += repr(table._handle._attachment._lease.feed.__dict__) + repr(
        table._handle._attachment._request.__dict__
    )
    text += caplog.text + "".join(str(one.message) for one in warned)
    password = web.partition("web:")[2].partition("@")[0]
    assert password not in text
    # psycopg's own words would stand in the notebook; what happened is in the status line.
    assert "psycopg" not in caplog.text
