"""How many rows a query has, as far as that is cheap, and the keys that cut them."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.abc import Page
from rtwidget.errors import ReadTooLargeError, UnreachableError
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres.read.query import COUNTED_ROWS
from rtwidget.sources.postgres.read.row_counts import about_rows, counted_rows, key_bounds
from rtwidget.sources.postgres.read.statement import Statement
from tests.unit.sources.postgres.read.statements import query, text


class Server:
    """A reader that counts, plans and cuts as it is told."""

    def __init__(
        self, count: int | Exception, planned: float = 0.0, known: int = 0, cut: int = 0
    ) -> None:
        self._count, self._planned, self._known, self._cut = count, planned, known, cut
        self.asked: list[str] = []

    async def value(self, statement: Statement) -> bytes:
        if text(statement).startswith("explain"):
            return b'[{"Plan": {"Plan Rows": %f, "Node Type": "Seq Scan"}}]' % self._planned
        if isinstance(self._count, Exception):
            raise self._count
        return b"%d" % self._count

    async def page(self, statement: Statement) -> Page:
        known = "pg_stats" in text(statement)
        self.asked.append("histogram" if known else "cuts")
        keys: list[Key] = [(number,) for number in range(self._known if known else self._cut)]
        return Page(("a",), keys)


@pytest.mark.parametrize(("count", "told"), [(0, 0), (COUNTED_ROWS, COUNTED_ROWS), (COUNTED_ROWS + 1, None)])  # fmt: skip
async def test_no_more_are_counted_than_is_cheap(count: int, told: int | None) -> None:
    server: Any = Server(count)
    assert await counted_rows(server, query()) == told


@pytest.mark.parametrize(
    ("count", "planned", "about"),
    [
        (7, 5_000.0, 7),
        (COUNTED_ROWS + 1, 2_500_000.0, 2_500_000),
        # The planner expects fewer than were counted already.
        (COUNTED_ROWS + 1, 12.0, COUNTED_ROWS),
        # A view that takes too long to count: nothing was counted.
        (ReadTooLargeError("slow"), 12.0, 12),
    ],
)
async def test_beyond_that_the_planner_is_asked(
    count: int | Exception, planned: float, about: int
) -> None:
    server: Any = Server(count, planned)
    assert await about_rows(server, query()) == about


async def test_a_server_that_is_gone_is_not_asked_to_plan() -> None:
    server: Any = Server(UnreachableError("gone"))
    with pytest.raises(UnreachableError):
        await about_rows(server, query())


async def test_one_part_and_no_row_need_no_cut() -> None:
    whole: Any = Server(5)
    empty: Any = Server(0)
    assert await key_bounds(whole, query(), 1) == []
    assert await key_bounds(empty, query(), 4) == []
    assert whole.asked == empty.asked == []


async def test_what_analyze_knows_is_cut_evenly_and_nothing_else_is_asked() -> None:
    server: Any = Server(5, known=101)
    assert await key_bounds(server, query(), 4) == [(25,), (50,), (75,)]
    assert server.asked == ["histogram"]


@pytest.mark.parametrize(
    ("known", "key", "given", "asked"),
    [
        (3, ("a",), None, ["histogram", "cuts"]),
        (101, ("a", "c"), None, ["cuts"]),
        (101, ("a",), "c=eq.x", ["cuts"]),
    ],
)
async def test_where_that_is_too_little_or_of_other_rows_the_keys_are_counted(
    known: int, key: tuple[str, ...], given: str | None, asked: list[str]
) -> None:
    server: Any = Server(5, known=known, cut=3)
    assert await key_bounds(server, query(key, given=given), 4) == [(0,), (1,), (2,)]
    assert server.asked == asked
