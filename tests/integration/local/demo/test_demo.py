"""The demo's table and writer, and the command that runs them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest

from rtwidget.cli import main
from rtwidget.local.demo.demo_notebook import notebook_text
from rtwidget.local.demo.demo_table import create_demo
from rtwidget.local.demo.demo_writer import FEWEST_ROWS, MOST_ROWS, DemoWriter
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect

CHECKOUT = Path(__file__).parents[4]
ANNOUNCEMENTS = "@jupyterlab/apputils-extension:announcements"


def wait_for_changes(writer: DemoWriter, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while writer.changes < count:
        assert time.monotonic() < deadline, "the writer does not write"
        threading.Event().wait(0.01)


def test_table_is_made_once(backend: LocalBackend) -> None:
    create_demo(backend.dsn, rows=20)
    first = backend.sql("select * from agent_proposals order by id")
    create_demo(backend.dsn, rows=20)
    assert backend.sql("select * from agent_proposals order by id") == first
    assert len(first) == 20


def test_writer_keeps_the_size_bounded_and_stops(backend: LocalBackend) -> None:
    create_demo(backend.dsn, rows=FEWEST_ROWS)
    with DemoWriter(backend.dsn, rate_per_s=5000) as writer:
        wait_for_changes(writer, 2000)
    (count,) = backend.sql("select count(*) from agent_proposals")[0]
    assert FEWEST_ROWS - 1 <= count <= MOST_ROWS
    counter = "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables"
    assert not writer._thread.is_alive()
    assert backend.sql(counter) == backend.sql(counter)


def test_writer_survives_a_lost_connection(backend: LocalBackend) -> None:
    create_demo(backend.dsn, rows=FEWEST_ROWS)
    with DemoWriter(backend.dsn, rate_per_s=500) as writer:
        wait_for_changes(writer, 10)
        backend.sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where query like '%agent_proposals%' and pid <> pg_backend_pid()"
        )
        wait_for_changes(writer, writer.changes + 50)


async def test_changes_of_the_writer_are_heard(backend: LocalBackend, connect: Connect) -> None:
    create_demo(backend.dsn, rows=FEWEST_ROWS)
    backend.catch_up()
    async with connect(backend.anon_key) as client:
        await client.join(table="agent_proposals")
        with DemoWriter(backend.dsn, rate_per_s=200):
            kinds = {(await client.change())["type"] for _ in range(100)}
    assert kinds == {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_its_keys_and_ends_in_order(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rtwidget", "serve", "--demo"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or "Ctrl-C" not in lines[-1]:
        lines.append(process.stdout.readline())
        assert lines[-1], "it ended early"
    dsn = re.search(r"RTWIDGET_DEMO_DSN=(\S+)", "".join(lines))
    assert dsn is not None
    psycopg.connect(dsn[1]).close()
    process.send_signal(number)
    assert process.wait(PATIENCE_S) == 0
    process.stdout.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn[1])


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_demo_opens_the_notebook_and_ends_everything() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rtwidget", "demo", "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert process.stdout is not None
    address = None
    while address is None:
        line = process.stdout.readline()
        assert line, "it ended early"
        address = re.search(r"Open (\S+)", line)
    opened = httpx.get(address[1])
    assert opened.status_code == 200
    scratch = set(Path(tempfile.gettempdir()).glob("rtwidget-demo-*"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    process.stdout.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(address[1])
    assert len(scratch - set(Path(tempfile.gettempdir()).glob("rtwidget-demo-*"))) >= 1
    (config,) = re.findall(r'id="jupyter-config-data"[^>]*>(.*?)</script>', opened.text, re.DOTALL)
    # It asks about news, and tells of newer versions, over whatever is on the screen.
    assert ANNOUNCEMENTS in json.loads(config)["disabledExtensions"]


def test_errors_of_the_command_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--dsn", "postgresql://nobody@127.0.0.1:1/postgres"]) == 1
    assert "Check host, port, user and password in `dsn`." in capsys.readouterr().err


def test_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("rtwidget.local")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    assert main(["serve"]) == 1
    assert "pip install 'rtwidget[demo]'" in capsys.readouterr().err


def test_missing_notebook_is_named() -> None:
    with pytest.raises(Exception, match="neither in the package nor beside it"):
        notebook_text("no_such.ipynb")
