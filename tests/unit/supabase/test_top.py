"""Top rows over a capped server whose rows move while they are read."""

from __future__ import annotations

from urllib.parse import parse_qsl

from rtwidget.replica.keys import Row
from rtwidget.sources.supabase.query import Query
from rtwidget.sources.supabase.rest import Count, Rows
from rtwidget.sources.supabase.top import ATTEMPTS, read_top

QUERY = Query("t", None, (), (), ("id",))


class Server:
    """Answers with at most two rows; the table changes after the requests named."""

    def __init__(self, rows: list[int], changes: dict[int, list[int]]) -> None:
        self.rows = rows
        self.changes = changes
        self.requests = 0

    async def __call__(self, query: str, count: Count | None) -> Rows:
        assert count == "exact"
        asked = dict(parse_qsl(query))
        self.requests += 1
        first, limit = int(asked.get("offset", 0)), min(2, int(asked["limit"]))
        rows: list[Row] = [(one,) for one in self.rows[first : first + limit]]
        answer = Rows(("id",) if rows else (), rows, 10, len(self.rows))
        self.rows = self.changes.get(self.requests, self.rows)
        return answer


async def test_pages_are_put_together() -> None:
    server = Server([1, 2, 3, 4, 5], {})
    answer = await read_top(QUERY, server, 4)
    assert (answer.rows, answer.whole, answer.total) == ([(1,), (2,), (3,), (4,)], True, 5)
    assert (server.requests, answer.wire_bytes) == (2, 20)


async def test_a_short_table_is_whole() -> None:
    assert (await read_top(QUERY, Server([1, 2, 3], {}), 50)).whole
    empty = await read_top(QUERY, Server([], {}), 50)
    assert (empty.rows, empty.whole, empty.columns) == ([], True, ())


async def test_a_row_that_moved_between_pages_is_noticed() -> None:
    server = Server([1, 2, 3, 4], {1: [9, 1, 2, 3]})
    answer = await read_top(QUERY, server, 4)
    assert (answer.rows, answer.whole) == ([(9,), (1,), (2,), (3,)], True)
    assert server.requests == 4


async def test_a_row_that_went_between_pages_is_noticed() -> None:
    answer = await read_top(QUERY, Server([1, 2, 3, 4], {1: [2, 3, 4]}), 4)
    assert (answer.rows, answer.whole) == ([(2,), (3,), (4,)], True)


async def test_a_table_that_never_rests_is_not_believed() -> None:
    changes = {n: list(range(n, n + 4 + n % 2)) for n in range(1, 20)}
    server = Server([0, 1, 2, 3], changes)
    assert not (await read_top(QUERY, server, 4)).whole
    assert server.requests >= ATTEMPTS
