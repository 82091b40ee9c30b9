"""A forked process, which is what `multiprocessing` makes on Linux before Python 3.14: harmless to its parent, and honest."""

from __future__ import annotations

import gc
import pickle
import threading
from time import sleep

import pytest
from ipywidgets.widgets import widget as ipywidgets_widget

from rtwidget.errors import ClosedError, ForkedError
from rtwidget.feed.runtime import loop_thread as loop
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.forks import AT_ONCE_S, in_child
from tests.integration.table.conftest import ROWS, OpenTable, until_state, until_true
from tests.patience import PATIENCE_S


def goes_on(backend: LocalBackend, name: str, table: LiveTable, row: int) -> None:
    """Check that a table still hears of changes, over the connection that it had."""
    backend.sql(f"insert into {name} values ({row}, '2')")
    table.wait_for(lambda df: row in df.index)
    assert table.stats.connections == 1
    until_true(lambda: table.stats.notifications > 0, "A notification")


def test_a_parents_table_says_that_it_stands_still_and_lets_itself_be_closed(
    open_either: OpenTable, backend: LocalBackend, name: str
) -> None:
    table = open_either().wait_ready()
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
    open_either: OpenTable, backend: LocalBackend, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tables = [open_either().wait_ready(), open_either(filter="id=gt.2").wait_ready()]

    def work() -> int:
        tables.clear()
        ipywidgets_widget._instances.clear()
        gc.collect()
        return len(open_either().df)

    first, second = tables
    assert in_child(work)[0] == ROWS
    goes_on(backend, name, first, 77)
    goes_on(backend, name, second, 78)
    assert capfd.readouterr().err == ""


def test_a_child_makes_tables_of_its_own_and_its_child_too(
    open_either: OpenTable, backend: LocalBackend, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A fork that waited for a thread which is not in its process would take longer than this test may.
    monkeypatch.setattr(loop, "_HALT_S", 2 * PATIENCE_S)
    ours = open_either().wait_ready()
    subscriptions = backend.subscriptions

    def work() -> tuple[object, ...]:
        with open_either().wait_ready() as own:

            def nested() -> tuple[int, list[str]]:
                refused = []
                for table in (ours, own):
                    with pytest.raises(ForkedError) as caught:
                        table.wait_ready()
                    refused.append(type(caught.value).__name__)
                    table.close()
                with open_either() as third:
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
def test_a_fork_while_tables_load_or_close(open_either: OpenTable, after_s: float) -> None:
    def work() -> tuple[str, int]:
        with pytest.raises(ForkedError) as caught:
            table.wait_ready()
        table.close()
        with open_either() as own:
            return type(caught.value).__name__, len(own.df)

    table = open_either()
    sleep(after_s)
    assert in_child(work)[0] == ("ForkedError", ROWS)
    assert len(table.wait_ready().df) == ROWS
    closing = threading.Thread(target=table.close)
    closing.start()
    sleep(after_s / 10)
    assert in_child(work)[0] == ("ForkedError", ROWS)
    closing.join()
    until_state(table, "closed")


def test_the_error_is_one_of_a_closed_table_and_travels_to_the_parent(
    open_either: OpenTable,
) -> None:
    table = open_either().wait_ready()

    def work() -> bytes:
        with pytest.raises(ClosedError) as caught:
            _ = table.df
        return pickle.dumps(caught.value)

    error = pickle.loads(in_child(work)[0])
    assert isinstance(error, ForkedError)
    assert "live_table(" in str(error)
