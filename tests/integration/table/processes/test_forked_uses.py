"""Whatever a forked process does with its parent's table: an error that says what to do, at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from rtwidget.errors import ForkedError
from rtwidget.feed.changes import Change
from rtwidget.widget.live_table import LiveTable
from tests.integration.forks import AT_ONCE_S, in_child
from tests.integration.table.conftest import OpenTable


async def _first(table: LiveTable) -> Change:
    return await anext(table.changes())


USES: dict[str, Callable[[LiveTable], object]] = {
    "df": lambda t: t.df,
    "to_pandas": lambda t: t.to_pandas(),
    "partial": lambda t: t.to_pandas(partial=True),
    "to_arrow": lambda t: t.to_arrow(),
    "to_polars": lambda t: t.to_polars(),
    "sql": lambda t: t.sql("select count(*) from t"),
    "json": lambda t: t.json("body"),
    "wait_ready": lambda t: t.wait_ready(),
    "wait_for": lambda t: t.wait_for(lambda df: True),
    "ready": lambda t: asyncio.run(t.ready()),
    "until": lambda t: asyncio.run(t.until(lambda df: True)),
    "changes": lambda t: asyncio.run(_first(t)),
    "refresh": lambda t: t.refresh(),
    "pause": lambda t: t.pause(),
    "resume": lambda t: t.resume(),
    "on_change": lambda t: t.on_change(print),
    "stats": lambda t: t.stats,
    "selected": lambda t: t.selected,
    "selected_keys": lambda t: setattr(t, "selected_keys", [1]),
    "sort": lambda t: setattr(t, "sort", [{"column": "id", "descending": True}]),
    "style": lambda t: t.style("id", "bar"),
    "access": lambda t: t.access,
    "doctor": lambda t: t.doctor(),
    "display": lambda t: t._repr_mimebundle_(),
}


@pytest.mark.parametrize("use", USES)
def test_every_use_of_a_parents_table_is_an_error_at_once(open_either: OpenTable, use: str) -> None:
    table = open_either().wait_ready()

    def work() -> str:
        with pytest.raises(ForkedError, match="forked") as caught:
            USES[use](table)
        return caught.value.hint

    hint, took_s = in_child(work)
    assert took_s < AT_ONCE_S
    assert "live_table(" in hint
    assert "t.df" in hint
