"""The rule is pure: whoever calls it passes the time, and does what waits, reads or computes in bulk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import rtwidget.replica

FOLDER = Path(rtwidget.replica.__file__).parent
ALLOWED = frozenset(
    {
        "__future__",
        "collections",
        "collections.abc",
        "dataclasses",
        "enum",
        "types",
        "typing",
        "urllib.parse",
        "rtwidget.errors",
    }
)


def imported(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def foreign(code: str) -> set[str]:
    return {
        name
        for name in imported(code)
        if name not in ALLOWED and f"{name}.".partition("rtwidget.replica.")[0]
    }


def test_no_module_imports_a_clock_io_threads_or_pandas() -> None:
    modules = sorted(FOLDER.rglob("*.py"))
    assert FOLDER / "rules.py" in modules
    assert {
        module.name: found for module in modules if (found := foreign(module.read_text()))
    } == {}


def test_such_an_import_would_be_noticed() -> None:
    code = "import time\nfrom pandas import DataFrame\nfrom rtwidget.replica.keys import Key\nfrom rtwidget.replica import budgets\n"
    assert foreign(code) == {"time", "pandas"}
    assert foreign("from rtwidget.feed.state import FeedState") == {"rtwidget.feed.state"}
