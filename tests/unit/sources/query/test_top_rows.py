"""Top rows over a capped server whose rows move while they are read."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rtwidget.replica.keys import Row
from rtwidget.sources.query.top_rows import ATTEMPTS, read_top
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Rows

QUERY = Query("t", None, (), (), ("id",))


class Server:
    """Answers with at most `cap` rows; the table changes after the requests named."""

    def __init__(self, rows: list[int], changes: dict[int, list[int]], cap: int = 2) -> None:
        self.rows = rows
        self.changes = changes
        self.cap = cap
        self.requests = 0

    async def __call__(self, query: str) -> Rows:
        asked = dict(parse_qsl(query))
        self.requests += 1
        first, limit = int(asked.get("offset", 0)), min(self.cap, int(asked["limit"]))
        rows: list[Row] = [(one,) for one in self.rows[first : first + limit]]
        self.rows = self.changes.get(self.requests, self.rows)
        return Rows(("id",) if rows else (), rows, 10, None)


def cells(*ids: int) -> list[Row]:
    return [(one,) for one in ids]


@pytest.mark.parametrize("cap", range(1, 8))
@pytest.mark.parametrize("limit", range(1, 8))
async def test_pages_are_put_together(cap: int, limit: int) -> None:
    server = Server([1, 2, 3, 4, 5], {}, cap)
    answer = await read_top(QUERY, server, limit, limit)
    assert (answer.rows, answer.whole) == (cells(*range(1, 1 + min(5, limit))), True)
    assert answer.wire_bytes == 10 * server.requests


async def test_an_answer_that_is_not_capped_takes_one_request() -> None:
    server = Server([*range(500)], {}, 1000)
    assert (await read_top(QUERY, server, 500, 500)).whole
    assert server.requests == 1


async def test_a_short_table_is_whole() -> None:
    assert (await read_top(QUERY, Server([1, 2, 3], {}), 50, 50)).whole
    empty = await read_top(QUERY, Server([], {}), 50, 50)
    assert (empty.rows, empty.whole, empty.columns) == ([], True, ())


async def test_a_row_that_moved_between_pages_is_noticed() -> None:
    server = Server([1, 2, 3, 4], {1: [9, 1, 2, 3]})
    answer = await read_top(QUERY, server, 4, 4)
    assert (answer.rows, answer.whole) == (cells(9, 1, 2, 3), True)


@pytest.mark.parametrize("rest", [[2, 3, 4], [1], []])
async def test_a_row_that_went_between_pages_is_noticed(rest: list[int]) -> None:
    answer = await read_top(QUERY, Server([1, 2, 3, 4], {1: rest}), 4, 4)
    assert (answer.rows, answer.whole) == (cells(*rest), True)


async def test_rows_that_come_after_the_top_do_not_matter() -> None:
    changes = {n: list(range(4 + n)) for n in range(1, 20)}
    server = Server([0, 1, 2, 3], changes)
    answer = await read_top(QUERY, server, 4, 4)
    assert (answer.rows, answer.whole) == (cells(0, 1, 2, 3), True)
    assert server.requests == 3


async def test_a_table_that_never_rests_is_told_with_each_key_once() -> None:
    changes = {n: list(range(-n, 9)) for n in range(1, 40)}
    server = Server([*range(9)], changes, 4)
    answer = await read_top(QUERY, server, 8, 8)
    assert not answer.whole
    assert len({*answer.rows}) == len(answer.rows) > 4
    assert server.requests >= ATTEMPTS


async def test_a_key_twice_in_one_answer_is_shown_because_the_key_is_at_fault() -> None:
    server = Server([1, 2, 2, 3, 4], {}, 3)
    assert (await read_top(QUERY, server, 5, 5)).rows == cells(1, 2, 2)
    assert server.requests == 1


async def test_columns_that_change_between_pages_are_noticed() -> None:
    pages = [
        Rows(("id",), [(1,), (2,)], 10, None),
        Rows(("new", "id"), [("x", 2), ("y", 3)], 10, None),
        Rows(("new", "id"), [("w", 1), ("x", 2), ("y", 3)], 10, None),
    ]

    async def answer(query: str) -> Rows:
        return pages.pop(0)

    top = await read_top(QUERY, answer, 3, 3)
    assert (top.columns, len(top.rows), top.whole) == (("new", "id"), 3, True)
