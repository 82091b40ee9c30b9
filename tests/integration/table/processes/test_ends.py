"""Nothing stays: no subscription, no thread, no process that does not end."""

from __future__ import annotations

import subprocess
import sys
import threading
from time import monotonic

import pytest

from rtwidget.local import LocalBackend
from tests.integration.forks import AT_ONCE_S
from tests.integration.table.conftest import OpenTable, publish, until_true
from tests.patience import PATIENCE_S

SCRIPT = """
import sys
from rtwidget import live_table
tables = [live_table(sys.argv[1], url=sys.argv[2], key=sys.argv[3], filter={"id": i}) for i in (1, 2)]
for table in tables:
    table.wait_ready()
print(len(tables[0].df), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key")
    backend.sql(f"insert into {name} select generate_series(1, 5)")
    return name


def ours() -> set[str]:
    return {thread.name for thread in threading.enumerate() if "rtwidget-" in thread.name}


def test_the_end_of_a_with_block_leaves_nothing(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    until_true(lambda: "rtwidget-loop" not in ours(), "The end of earlier tables")
    before = threading.active_count()
    with open_table() as live, open_table(filter="id=gt.2") as other:
        live.wait_ready()
        other.wait_ready()
        assert backend.subscriptions >= 1
        assert "rtwidget-loop" in ours()
    assert backend.subscriptions == 0
    until_true(lambda: threading.active_count() <= before, "The end of every thread")
    assert f"rtwidget-{table}" not in ours()
    assert len(live.df) == 5


def test_a_table_closed_at_once_leaves_nothing(
    backend: LocalBackend, open_table: OpenTable, table: str
) -> None:
    for _ in range(3):
        open_table().close()
    until_true(lambda: backend.subscriptions == 0, "No subscription")
    until_true(lambda: "rtwidget-loop" not in ours(), "The end of the loop")


def test_an_exception_in_a_with_block_closes_the_table(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    def work() -> None:
        with open_table() as live:
            live.wait_ready()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert backend.subscriptions == 0


def test_three_tables_of_one_query_are_one_subscription(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    tables = [open_table().wait_ready() for _ in range(3)]
    assert backend.subscriptions == 1
    for one in tables[:2]:
        one.close()
    backend.sql(f"insert into {table} values (6)")
    tables[2].wait_for(lambda df: 6 in df.index)
    assert backend.subscriptions == 1


def test_a_process_that_never_closed_its_tables_ends_promptly_and_says_goodbye(
    backend: LocalBackend, table: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT, table, backend.url, backend.anon_key],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        assert backend.subscriptions >= 1
        began = monotonic()
        _, errors = process.communicate("\n", timeout=PATIENCE_S)
        took_s = monotonic() - began
    assert errors == ""
    assert process.returncode == 0
    assert took_s < AT_ONCE_S
    until_true(lambda: backend.subscriptions == 0, "The server hears of it")
