"""What a description changes: other columns empty the table, the same ones do not."""

from __future__ import annotations

import pytest

from rtwidget.feed.passes.table_description import describe_table
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.memory import MemorySource, MemoryTable

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))


@pytest.fixture
async def context() -> ReadContext:
    state, project = FeedState(lambda: 0.0, PassPlan()), Project()
    health = ReadHealth(state, lambda: 0.5, project)
    return ReadContext(state, MemorySource(MemoryTable(SCHEMA)), project.rate_limiter, health)


async def test_the_first_description_makes_room_for_rows(context: ReadContext) -> None:
    await describe_table(context)
    state = context.state
    assert state.rows.schema == SCHEMA
    assert state.described
    assert state.wake_keys.is_set()
    assert state.keys_trusted is SCHEMA.exact_keys


async def test_the_same_columns_keep_the_rows_and_what_passes_cost(context: ReadContext) -> None:
    await describe_table(context)
    state, rows = context.state, context.state.rows
    rows.put((1,), (1, "one"), 1)
    state.plan.whole_bytes = 5
    await describe_table(context)
    assert state.rows is rows
    assert state.plan.whole_bytes == 5


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        (("id", "name", "new"), ("id", "name", "new")),
        # Without the key an answer says nothing of this table.
        (("name",), ("id", "name")),
    ],
)
async def test_columns_that_an_answer_had_correct_an_old_description(
    context: ReadContext, seen: tuple[str, ...], names: tuple[str, ...]
) -> None:
    await describe_table(context)
    state = context.state
    state.plan.whole_bytes, state.seen_columns = 5, seen
    await describe_table(context)
    assert state.rows.schema.names == names
    assert [column.type for column in state.rows.schema.columns][:2] == ["int8", "text"]
    assert state.seen_columns == ()
    assert (state.plan.whole_bytes == 0) is (names != SCHEMA.names)
