"""A forked process, which is what `multiprocessing` makes on Linux before Python 3.14: harmless to its parent, and honest."""

from __future__ import annotations

import asyncio
import gc
import pickle
import threading
from collections.abc import Callable, Iterator
from time import sleep
from typing import Any

import pytest
from ipywidgets.widgets import widget as ipywidgets_widget

from rtwidget import live_table
from rtwidget.errors import ClosedError, ForkedError
from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.widget.live_table import LiveTable
from tests.integration.forks import in_child
from tests.integration.table.conftest import publish, until_state, until_true

ROWS = 10
AT_ONCE_S = 5.0
"""Much more than an error takes on a busy machine, and much less than any wait of a table."""

Open = Callable[..., LiveTable]


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


@pytest.fixture(params=["supabase", "postgres"])
def open_one(request: pytest.FixtureRequest, backend: LocalBackend, name: str) -> Iterator[Open]:
    """Open a table of ten rows, from either source."""
    publish(backend, name, "id int primary key, body jsonb")
    backend.sql(f"insert into {name} select n, '1' from generate_series(1, {ROWS}) n")
    setup.enable(name, backend.dsn)
    supabase = {"url": backend.url, "key": backend.anon_key}
    options = supabase if request.param == "supabase" else {"source": backend.dsn}
    opened: list[LiveTable] = []

    def open_it(**more: Any) -> LiveTable:
        opened.append(live_table(name, **options, **more))
        return opened[-1]

    yield open_it
    for table in opened:
        table.close()
    assert backend.subscriptions == 0


def goes_on(backend: LocalBackend, name: str, table: LiveTable, row: int) -> None:
    """Check that a table still hears of changes, over the connection that it had."""
    backend.sql(f"insert into {name} values ({row}, '2')")
    table.wait_for(lambda df: row in df.index)
    assert table.stats.connections == 1
    assert table.stats.repaired_rows == 0


@pytest.mark.parametrize("use", USES)
def test_every_use_of_a_parents_table_is_an_error_at_once(open_one: Open, use: str) -> None:
    table = open_one().wait_ready()

    def work() -> str:
        with pytest.raises(ForkedError, match="forked") as caught:
            USES[use](table)
        return caught.value.hint

    hint, took_s = in_child(work)
    assert took_s < AT_ONCE_S
    assert "live_table(" in hint
    assert "t.df" in hint


def test_a_parents_table_says_that_it_stands_still_and_lets_itself_be_closed(
    open_one: Open, backend: LocalBackend, name: str
) -> None:
    table = open_one().wait_ready()
    verified_at = table.status.verified_at

    def work() -> tuple[object, ...]:
        with table:
            before = table.status
        table.close()
        table.dispose()
        table.close()
        return str(before.state), before.verified_at, before.lag_ms, repr(table), before.error

    (state, seen, lag_ms, text, problem), took_s = in_child(work)
    assert took_s < AT_ONCE_S
    assert (state, lag_ms) == ("failed", None)
    assert seen <= table.status.verified_at
    assert seen >= verified_at
    assert "forked" in text
    assert "live_table(" in problem.hint
    goes_on(backend, name, table, 77)


def test_a_child_that_forgets_a_parents_table_leaves_it_alone(
    open_one: Open, backend: LocalBackend, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tables = [open_one().wait_ready(), open_one(filter="id=gt.2").wait_ready()]

    def work() -> int:
        tables.clear()
        ipywidgets_widget._instances.clear()
        gc.collect()
        return len(open_one().df)

    first, second = tables
    assert in_child(work)[0] == ROWS
    goes_on(backend, name, first, 77)
    goes_on(backend, name, second, 78)
    assert capfd.readouterr().err == ""


def test_a_child_makes_tables_of_its_own_and_its_child_too(
    open_one: Open, backend: LocalBackend, name: str
) -> None:
    ours = open_one().wait_ready()
    subscriptions = backend.subscriptions

    def work() -> tuple[object, ...]:
        with open_one().wait_ready() as own:

            def nested() -> tuple[int, list[str]]:
                refused = []
                for table in (ours, own):
                    with pytest.raises(ForkedError) as caught:
                        table.wait_ready()
                    refused.append(type(caught.value).__name__)
                    table.close()
                with open_one() as third:
                    return len(third.df), refused

            answer = in_child(nested)[0]
            backend_rows = own.wait_for(lambda df: 99 in df.index)
            return answer, str(backend_rows.status.state), own.stats.connections

    threading.Timer(2, backend.sql, (f"insert into {name} values (99, '2')",)).start()
    ((rows, refused), state, connections), _took_s = in_child(work)
    assert rows in (ROWS, ROWS + 1)
    assert refused == ["ForkedError", "ForkedError"]
    assert (state, connections) == ("live", 1)
    ours.wait_for(lambda df: 99 in df.index)
    goes_on(backend, name, ours, 77)
    until_true(lambda: backend.subscriptions == subscriptions, "Goodbyes of the children alone")


@pytest.mark.parametrize("after_s", [0.0, 0.005, 0.02, 0.1])
def test_a_fork_while_tables_load_or_close(open_one: Open, after_s: float) -> None:
    def work() -> tuple[str, int]:
        with pytest.raises(ForkedError) as caught:
            table.wait_ready()
        table.close()
        with open_one() as own:
            return type(caught.value).__name__, len(own.df)

    table = open_one()
    sleep(after_s)
    assert in_child(work)[0] == ("ForkedError", ROWS)
    assert len(table.wait_ready().df) == ROWS
    closing = threading.Thread(target=table.close)
    closing.start()
    sleep(after_s / 10)
    assert in_child(work)[0] == ("ForkedError", ROWS)
    closing.join()
    until_state(table, "closed")


def test_the_error_is_one_of_a_closed_table_and_travels_to_the_parent(open_one: Open) -> None:
    table = open_one().wait_ready()

    def work() -> bytes:
        with pytest.raises(ClosedError) as caught:
            _ = table.df
        return pickle.dumps(caught.value)

    error = pickle.loads(in_child(work)[0])
    assert isinstance(error, ForkedError)
    assert "live_table(" in str(error)
