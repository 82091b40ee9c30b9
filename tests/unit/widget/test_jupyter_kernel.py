"""What is particular to the kernel: which cell runs, and how its messages are routed."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.sources import forking
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.jupyter_kernel import (
    Execution,
    current_execution,
    is_kernels_child,
    repair_routing,
)
from rtwidget.widget.live_table import LiveTable


def shell_of(parent: object) -> Any:
    """Return a shell whose kernel says what it executes now, as ipykernel's does."""
    return SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda channel: parent))


def running(monkeypatch: pytest.MonkeyPatch, shell: object) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def test_a_script_runs_no_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert current_execution() is None
    running(monkeypatch, None)
    assert current_execution() is None


def test_plain_ipython_runs_no_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, SimpleNamespace())
    assert current_execution() is None


def test_a_notebook_says_which_cell_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = {"metadata": {"cellId": "c7"}, "header": {"msg_id": "m1"}}
    running(monkeypatch, shell_of(parent))
    assert current_execution() == Execution("c7", "m1")


@pytest.mark.parametrize("parent", [None, {}, {"header": {"msg_id": "m1"}}, {"metadata": {}}])
def test_a_front_end_that_does_not_say_is_no_cell(
    monkeypatch: pytest.MonkeyPatch, parent: object
) -> None:
    running(monkeypatch, shell_of(parent))
    assert current_execution() is None


def test_messages_go_to_the_subshell_they_were_meant_for() -> None:
    comm = SimpleNamespace(_reply_subshell_for=lambda data, default: "somebody else's")
    repair_routing(comm)
    assert comm._reply_subshell_for({}, "mine") == "mine"
    plain = SimpleNamespace()
    repair_routing(plain)
    assert vars(plain) == {}


def test_a_child_of_a_kernel_is_known_by_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    for pid in (os.getpid(), os.getppid()):
        running(
            monkeypatch, SimpleNamespace(kernel=SimpleNamespace(session=SimpleNamespace(pid=pid)))
        )
        assert is_kernels_child() is (pid != os.getpid())


def test_a_child_of_another_kernel_is_known_by_the_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, None)
    assert not is_kernels_child()
    monkeypatch.setattr(forking, "_now", forking.Process(datetime.now(UTC)))
    assert is_kernels_child()


def test_a_table_made_in_a_kernels_child_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, source: MemoryTable
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("comm.create_comm", lambda **options: opened.append(options))
    monkeypatch.setattr(forking, "_now", forking.Process(datetime.now(UTC)))
    handle = ReplicaTable(MemoryRequest(source), None, LoopThread("child"), Registry())
    with LiveTable(handle) as table:
        assert len(table.df) == 5
        table.style("n", "bar")
    assert opened == []
