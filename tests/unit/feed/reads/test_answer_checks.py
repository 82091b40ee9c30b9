"""What every answer is held to: the columns that are known, one row for each key, and a size that fits."""

from __future__ import annotations

import pytest

from rtwidget.abc import Page
from rtwidget.errors import KeyNotUniqueError, TooManyRowsError
from rtwidget.feed.reads import answer_checks
from rtwidget.feed.reads.answer_checks import rows_by_key
from rtwidget.feed.state import FeedState
from rtwidget.replica.keys import Row
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))


@pytest.fixture
async def state() -> FeedState:
    made = FeedState(lambda: 0.0, PassPlan())
    made.reset("the first read", SCHEMA)
    made.described = True
    return made


async def test_rows_are_found_by_their_keys(state: FeedState) -> None:
    rows: tuple[Row, ...] = ((1, "one"), (2, "two"))
    assert rows_by_key(state, Page(("id", "name"), rows)) == {(1,): rows[0], (2,): rows[1]}
    assert rows_by_key(state, Page((), ())) == {}


async def test_other_columns_are_no_rows_of_this_table(state: FeedState) -> None:
    assert rows_by_key(state, Page(("id", "title"), ((1, "one"),))) is None
    assert not state.described
    assert state.seen_columns == ("id", "title")
    assert state.wake_passes.is_set()


@pytest.mark.parametrize("rows", [((1, "one"), (1, "again")), ((None, "nobody"),)])
async def test_a_key_that_is_null_or_not_unique_is_named(
    state: FeedState, rows: tuple[Row, ...]
) -> None:
    with pytest.raises(KeyNotUniqueError, match=r"key \(id\)"):
        rows_by_key(state, Page(("id", "name"), rows))


async def test_more_rows_than_a_table_may_have_are_refused(
    state: FeedState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_checks, "MOST_ROWS", 1)
    state.rows.put((1,), (1, "one"), 1)
    page = Page(("id", "name"), ((3, "three"),))
    assert rows_by_key(state, page) is not None
    state.rows.put((2,), (2, "two"), 1)
    with pytest.raises(TooManyRowsError, match="limit="):
        rows_by_key(state, page)
