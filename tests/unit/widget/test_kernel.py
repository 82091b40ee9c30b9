"""What is particular to the kernel: which cell runs, and how its messages are routed."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from rtwidget.widget.kernel import Execution, current_execution, repair_routing


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
