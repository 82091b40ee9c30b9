"""PostgreSQL as a `Source`: which statements each read is, and what of the answers is told."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget import Postgres
from rtwidget.abc import Page, Watermark
from rtwidget.replica.keys import Row
from rtwidget.sources.postgres import source
from rtwidget.sources.postgres.read.query import COUNTED_ROWS, Query
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.postgres.source import PostgresSource
from rtwidget.sources.query.checked_query import checked_query
from tests.unit.sources.postgres.read.statements import query, text

ADDRESS = Postgres("host=h user=me", insecure=True).address


class Reader:
    """A reader that answers every statement with the same rows, and writes down which it ran."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.count = 3
        self.ran: list[str] = []
        self.closed = False

    async def query(self) -> Query:
        return query(order="c.desc")

    async def page(self, statement: Statement, total: int | None = None) -> Page:
        self.ran.append(text(statement))
        columns = ("a", "c") if self.rows else ()
        return Page(columns, self.rows, 10, total, size_bytes=20)

    async def value(self, statement: Statement) -> bytes:
        self.ran.append(text(statement))
        return b"%d" % self.count

    async def aclose(self) -> None:
        self.closed = True


def made(monkeypatch: pytest.MonkeyPatch, **asked: Any) -> tuple[PostgresSource, Reader]:
    reader = Reader()
    monkeypatch.setattr(source, "Reader", lambda *_: reader)
    return PostgresSource(ADDRESS, checked_query("my.table", **asked)), reader


async def test_rows_are_counted_once_for_each_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    postgres, reader = made(monkeypatch)
    assert (await postgres.read_page(None, (9,), 100)).total == 3
    assert (await postgres.read_page((5,), (9,), 100)).total is None
    assert [ran.startswith("select pg_catalog.count") for ran in reader.ran] == [True, False, False]


async def test_a_query_without_rows_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    postgres, reader = made(monkeypatch)
    assert await postgres.last_key() is None
    assert await postgres.next_key(None, None) is None
    reader.rows = [(7,)]
    assert await postgres.last_key() == (7,)
    assert await postgres.next_key((5,), None) == (7,)


async def test_the_first_rows_are_one_statement_where_they_fit_one_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres, reader = made(monkeypatch, limit=5)
    reader.rows = [(1, "x")]
    answer = await postgres.read_top(5, 5)
    assert (answer.whole, answer.wire_bytes, answer.size_bytes) == (True, 10, 20)
    assert [ran.rpartition(" ")[2] for ran in reader.ran] == ["5"]
    await postgres.read_top(5, 4)
    assert reader.ran[1].endswith("limit 4")
    assert (postgres.top_rows, postgres.version_column) == (5, None)


async def test_a_probe_counts_and_names_the_newest_row(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, _ = made(monkeypatch)
    assert await plain.probe() == Watermark(3)
    postgres, reader = made(monkeypatch, version="c")
    assert await postgres.probe() == Watermark(3)
    reader.rows, reader.count = [(7, "v")], COUNTED_ROWS + 1
    assert await postgres.probe() == Watermark(None, ((7,), "v"))
    assert postgres.version_column == "c"


async def test_a_ping_asks_for_no_row_with_the_rights_of_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres, reader = made(monkeypatch)
    await postgres.ping()
    assert reader.ran[0].endswith("limit 0")
    await postgres.aclose()
    assert reader.closed
