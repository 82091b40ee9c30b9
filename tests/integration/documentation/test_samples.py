"""Every sample of the README and the guides runs, and every table in one of them reads its rows."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import rtwidget
from rtwidget.errors import ClosedError
from rtwidget.local import LocalBackend
from rtwidget.local.demo.demo_table import create_demo
from rtwidget.local.demo.demo_writer import DemoWriter
from rtwidget.widget.live_table import LiveTable
from tests.documents import PAGES, Sample, name_of, samples
from tests.integration.steady import steady_backend

USER = "2f1d1a3c-0000-4000-8000-000000000001"
TABLES = """
drop table if exists agent_proposals, orders, order_lines, tasks cascade;
create table orders (id bigint primary key, customer text);
create table order_lines (order_id bigint, line int, item text, primary key (order_id, line));
create table tasks (id bigint primary key, owner uuid, title text);
insert into orders values (1, 'ada');
alter table tasks enable row level security;
alter publication supabase_realtime add table order_lines, tasks;
"""
# What a page's reader has not done yet.
UNDONE = {"docs/doctor.md": "alter publication supabase_realtime drop table agent_proposals"}
CHANGING = ("docs/python.md",)
SAMPLES = {page: [sample for sample in samples(page) if sample.language != "sh"] for page in PAGES}


@pytest.fixture(scope="module")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        yield running


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, backend: LocalBackend) -> Iterator[list[LiveTable]]:
    """The tables that samples open; closed at the end, and then nothing is subscribed."""
    tables: list[LiveTable] = []
    genuine = rtwidget.live_table

    def live_table(*arguments: Any, **options: Any) -> LiveTable:
        tables.append(genuine(*arguments, **options))
        return tables[-1]

    monkeypatch.setattr(rtwidget, "live_table", live_table)
    monkeypatch.setenv("SUPABASE_URL", backend.url)
    monkeypatch.setenv("SUPABASE_KEY", backend.anon_key)
    yield tables
    for table in tables:
        table.close()
    assert backend.subscriptions == 0


@pytest.mark.parametrize("page", [page for page in PAGES if SAMPLES[page]], ids=name_of)
async def test_samples_run(page: Path, backend: LocalBackend, opened: list[LiveTable]) -> None:
    backend.sql(TABLES)
    create_demo(backend.dsn, rows=40)
    backend.sql(UNDONE.get(name_of(page), "select"))
    backend.catch_up()
    names = given(backend)
    with ExitStack() as stack:
        if name_of(page) in CHANGING:
            stack.enter_context(DemoWriter(backend.dsn, 50))
        for sample in SAMPLES[page]:
            before = len(opened)
            await run(sample, page, names, backend)
            for table in opened[before:]:
                wait_ready(table)


def given(backend: LocalBackend) -> dict[str, Any]:
    """Return what samples take for granted."""
    token = backend.token("authenticated", USER)
    return {
        "live_table": rtwidget.live_table,
        "url": backend.url,
        "key": backend.anon_key,
        "dsn": backend.dsn,
        "my_token": token,
        "fetch_token": lambda: token,
        "df": pd.DataFrame(index=[1, 2, 3]),
        "t": rtwidget.live_table("agent_proposals"),
    }


async def run(sample: Sample, page: Path, names: dict[str, Any], backend: LocalBackend) -> None:
    """Run a sample as a notebook would, where one may await."""
    if sample.language == "sql":
        for statement in filter(str.strip, sample.source.split(";\n")):
            backend.sql(statement)
        return
    assert sample.language == "python"
    # Errors name the line in the page.
    source = "\n" * (sample.line - 1) + sample.source
    code = compile(source, str(page), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    result = eval(code, names)
    if inspect.isawaitable(result):
        await result


def wait_ready(table: LiveTable) -> None:
    """Wait for the rows, unless the sample closed the table."""
    try:
        table.wait_ready()
    except ClosedError:
        assert table.status.state == "closed"
