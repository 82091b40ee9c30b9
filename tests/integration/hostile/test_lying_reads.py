"""Answers that are wrong in every way: a typed error while they last, and the right rows once they end."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from rtwidget.errors import KeyNotUniqueError, RtwidgetError, TooManyRowsError
from rtwidget.widget.live_table import LiveTable
from tests.integration.hostile.conftest import OpenTable, until
from tests.integration.hostile.liar import Liar, Lie
from tests.integration.hostile.lies import (
    Rows,
    changing,
    cut,
    dripping,
    endless,
    more_and_more,
    saying,
    without_end,
)
from tests.integration.table.conftest import until_true

RANGE = "content-range"

MENDED: list[tuple[str, Lie]] = [
    ("no JSON", saying("<html>")),
    ("no text", saying(b'[{"id":1,"name":"\x80"}]')),
    ("too deep", saying("[" * 100_000)),
    ("a deep value", saying('[{"id":1,"name":' + "[" * 100_000 + "]" * 100_000 + "}]")),
    ("rows that differ", saying('[{"id":1,"name":"x"},{"id":2}]')),
    ("no key", changing(lambda rows: [{"name": "x"} for _ in rows])),
    ("other columns", more_and_more),
    ("too many columns", saying("[{" + ",".join(f'"c{n}":1' for n in range(5_000)) + "}]")),
    ("the same page for ever", saying('[{"id":1,"name":"one"},{"id":2,"name":"two"}]')),
    ("a pause without end", saying("", 503, retry_after="9" * 400)),
    ("an unknown status", saying("", 299)),
    ("a way back", saying("", 302, location="/rest/v1/t")),
    ("an endless body", endless),
    ("a body that drips", dripping),
    ("a body that is cut", cut),
    ("a bomb", saying(gzip.compress(b" " * 2**24), content_encoding="gzip")),
    (
        "a bomb in a bomb",
        saying(gzip.compress(gzip.compress(b"[]")), content_encoding="gzip, gzip"),
    ),
    ("no compression at all", saying(b"[]", content_encoding="gzip")),
]


@pytest.fixture
def small_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.sources.supabase.http.transport.MOST_ANSWER_BYTES", 2**20)
    monkeypatch.setattr("rtwidget.sources.supabase.errors.MOST_RETRY_AFTER_S", 1)
    monkeypatch.setattr("rtwidget.feed.reads.read_health.READ_TIMEOUT_S", 0.5)
    monkeypatch.setattr("rtwidget.sources.supabase.rest.rest_reads.READ_S", 0.5)


@pytest.mark.usefixtures("small_budgets")
@pytest.mark.parametrize("lie", [lie for _, lie in MENDED], ids=[name for name, _ in MENDED])
def test_a_lie_is_told_and_forgotten(liar: Liar, open_table: OpenTable, lie: Lie) -> None:
    liar.lie = lie
    table = open_table()
    until(table, lambda: table.status.error is not None, "A typed error")
    demand_typed(table)
    liar.lie = None
    table.refresh()
    until(table, lambda: table.status.state.value == "live", "Live")
    until(table, lambda: names(table) == liar.rows, "The true rows")


def demand_typed(table: LiveTable) -> None:
    problem = table.status.error
    assert problem is not None
    assert "fault in rtwidget" not in problem.message
    assert len(problem.message) < 1_000


def names(table: LiveTable) -> dict[Any, Any]:
    snapshot = table._handle.snapshot()
    if snapshot.schema.names != ("id", "name"):
        return {}
    return {key[0]: row[1] for key, row in zip(snapshot.keys, snapshot.rows, strict=True)}


@pytest.mark.parametrize(
    "lie",
    [
        changing(lambda rows: [*rows, *rows]),
        changing(lambda rows: [{**row, "id": None} for row in rows]),
    ],
    ids=["keys twice", "no keys"],
)
def test_a_key_that_is_none_needs_the_user(liar: Liar, open_table: OpenTable, lie: Lie) -> None:
    liar.lie = lie
    with pytest.raises(KeyNotUniqueError, match="primary_key="):
        open_table().wait_ready()


@pytest.mark.parametrize(
    "total",
    ["9" * 5_000, "-5", "*", "0", "1", "1e400", "٣", "99999999999999999"],
    ids=lambda total: total[:9],
)
def test_a_wrong_total_removes_no_row(liar: Liar, open_table: OpenTable, total: str) -> None:
    liar.lie = lambda _request, rows: web.json_response(
        rows, headers={RANGE: f"0-1/{total}".encode().decode("latin-1")}
    )
    table = open_table().wait_ready()
    liar.put(3, "three")
    until(table, lambda: names(table) == {1: "one", 2: "two", 3: "three"}, "Every row")


def test_a_page_that_is_bigger_than_asked_for_is_taken(liar: Liar, open_table: OpenTable) -> None:
    liar.rows = dict.fromkeys(range(5000), "x")
    everything = [{"id": number, "name": "x"} for number in liar.rows]
    liar.lie = lambda request, rows: web.json_response(
        everything if "id" not in request.query and rows[1:] else rows
    )
    assert len(open_table().df) == 5_000


@pytest.mark.parametrize("limit", [None, 2])
@pytest.mark.parametrize("columns", ["id", "x"])
def test_an_answer_without_what_was_asked_is_refused_wherever_it_comes(
    liar: Liar, open_table: OpenTable, columns: str, limit: int | None
) -> None:
    told: list[Rows] = []

    def other_columns(rows: Rows) -> Rows:
        told.append(rows)
        return [{columns: row["id"]} for row in rows]

    table = open_table(version="name", limit=limit, order_by="name").wait_ready()
    liar.lie = changing(other_columns)
    liar.put(3, "three")

    def asked(condition: Callable[[], bool]) -> bool:
        # Again and again, because a refresh that comes while a lie is read is over when that lie has failed the table.
        table.refresh()
        return condition()

    for _ in range(3):
        until_true(lambda: asked(lambda: told != []), "A lie")
        told.clear()
    liar.lie = None
    whole = limit or 3
    until_true(lambda: asked(lambda: len(table.to_pandas(partial=True)) == whole), "The truth")


def test_rows_without_an_end_are_refused(
    liar: Liar, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.feed.reads.answer_checks.MOST_ROWS", 5_000)
    liar.lie = without_end
    table = open_table()
    with pytest.raises(TooManyRowsError, match="5,000 rows"):
        table.wait_ready()
    assert table.status.rows <= 5_000 + 2 * 1_000


def test_an_error_of_a_lying_server_is_one_of_ours(liar: Liar, open_table: OpenTable) -> None:
    liar.lie = saying('{"code":"42883","message":"' + "x" * 100_000 + '{0}%s"}', 400)
    with pytest.raises(RtwidgetError, match="could not use a value") as caught:
        open_table().wait_ready()
    assert len(str(caught.value)) < 1_000
