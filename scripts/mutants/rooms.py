"""The rooms that mutants are put into, and the tests near each of their files."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

ROOMS: Final = ("feed", "store", "view", "sources", "widget")
_UNIT: Final[Mapping[str, tuple[str, ...]]] = {
    "feed": ("tests/unit/feed",),
    "store": ("tests/unit/store", "tests/property/store"),
    "view": ("tests/unit/view", "tests/property/view"),
    "sources/supabase": (
        "tests/unit/sources/supabase",
        "tests/property/supabase",
        "tests/property/hostile",
    ),
    "sources/postgres": ("tests/unit/sources/postgres",),
    "sources": (
        "tests/unit/sources",
        "tests/unit/test_api.py",
    ),
    "widget": ("tests/unit/widget", "tests/unit/test_api.py"),
}
_SERVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "feed": ("tests/sim",),
    "sources/supabase": ("tests/integration/supabase",),
    "sources/postgres": ("tests/integration/postgres",),
    "sources": ("tests/integration/table",),
    "widget": ("tests/integration/table",),
}
"""Tests on a real Postgres, and for feeds on simulated servers, asked only about what the quick ones did not notice."""


def room_of(path: str) -> str:
    """Return the room of a file of the package."""
    return path.split("/")[1]


def files_of(root: Path, room: str) -> list[str]:
    """Return the Python files of a room, below the project's folder."""
    found = sorted((root / "rtwidget" / room).rglob("*.py"))
    # An empty `__init__` holds nothing that could be wrong.
    return [path.relative_to(root).as_posix() for path in found if path.stat().st_size]


def code_lines(code: str) -> list[int]:
    """Return the lines on which statements of functions and modules stand; imports and docstrings are none."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.expr) and not isinstance(node, ast.Constant):
            lines.add(node.lineno)
    return sorted(lines)


def near_tests(root: Path, path: str, *, servers: bool = True) -> list[list[str]]:
    """Return the files of tests near a file: the quick ones, those that import it first, then those on servers.

    Args:
        root: The project's folder, or a copy of it.
        path: The file, below it.
        servers: Whether to name those on servers, too.
    """
    module = path.removesuffix(".py").replace("/", ".")
    near = _files(root, _lookup(_UNIT, path))
    # Tests of other rooms may be those that look the closest.
    importing = [file for file in _files(root, ("tests/unit",)) if module in _text(root / file)]
    quick = list(dict.fromkeys([*importing, *near]))
    slow = _files(root, _lookup(_SERVERS, path)) if servers else []
    return [step for step in (quick, slow) if step]


def _files(root: Path, places: Sequence[str]) -> list[str]:
    found = [file for place in places for file in _test_files(root / place)]
    return [file.relative_to(root).as_posix() for file in found]


@cache
def _text(file: Path) -> str:
    return file.read_text()


def _lookup(folders: Mapping[str, tuple[str, ...]], path: str) -> tuple[str, ...]:
    below = path.removeprefix("rtwidget/").split("/")
    # The deeper folder first: each server's sources have tests of their own.
    for depth in (2, 1):
        if (name := "/".join(below[:depth])) in folders:
            return folders[name]
    return ()


def _test_files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("test_*.py"))
