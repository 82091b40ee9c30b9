"""Find imports against the arrows: api -> widget -> {view -> feed, doctor} -> {sources, store} -> replica -> errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

PACKAGE = "rtwidget"

_REPLICA = frozenset({"errors"})
_CONTRACT = _REPLICA | {"replica"}
_SOURCES = _CONTRACT | {"abc"}
_FEED = _SOURCES | {"sources", "store"}
_VIEW = _FEED | {"feed"}
# The doctor makes reads and connections of its own, so that it also finds what keeps a feed from beginning.
_DOCTOR = _SOURCES | {"sources"}
_WIDGET = _VIEW | {"view", "doctor"}
_API = _WIDGET | {"widget"}
_PUBLIC = _API | {"api"}

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "errors": frozenset(),
    "replica": _REPLICA,
    "abc": _CONTRACT,
    "store": _CONTRACT,
    "sources": _SOURCES,
    "feed": _FEED,
    "doctor": _DOCTOR,
    "view": _VIEW,
    "widget": _WIDGET,
    "api": _API,
    "__init__": _PUBLIC,
    # The backend stands in for a server, so it knows nothing of what it serves.
    "local": frozenset({"errors"}),
    # What somebody else's source is tested with: the contract, and how its queries are made.
    "testing": _SOURCES | {"sources"},
    "cli": _PUBLIC | {"local"},
    "__main__": frozenset({"cli"}),
}

ONLY_BY: Mapping[str, frozenset[str]] = {
    # What draws a table must not know which kind of table it draws (`rtwidget/view/grid_table.py`).
    "rtwidget.feed.sharing.handle": frozenset({"rtwidget/feed", "rtwidget/view/replica_table.py"}),
    "rtwidget.view.replica_table": frozenset(
        {"rtwidget/api.py", "rtwidget/widget/live_table.py", "rtwidget/widget/reading/diagnosis.py"}
    ),
}
"""Modules of the package that only these files, or those in these folders, may import."""


def wrong_imports(name: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Yield a line for each import that goes against the arrows.

    Args:
        name: The file, relative to the project.
        tree: What is in it.
    """
    if name.parts[0] != PACKAGE:
        return
    room = PurePosixPath(name.parts[1]).stem
    if room not in MAY_IMPORT:
        yield f"{name}: {room!r} is no room; give it a row in scripts/house/arrows.py."
        return
    allowed = MAY_IMPORT[room] | {room}
    for node in ast.walk(tree):
        modules = set(_modules(node))
        for other in sorted({_room(module) for module in modules} - allowed):
            yield f"{name}:{_line(node)}: {room} must not import {other}."
        for module in sorted(modules & ONLY_BY.keys()):
            if not any(name.is_relative_to(place) for place in ONLY_BY[module]):
                yield f"{name}:{_line(node)}: only {', '.join(sorted(ONLY_BY[module]))} may import {module}."


def _room(module: str) -> str:
    return module.partition(".")[2].partition(".")[0] or "__init__"


def _modules(node: ast.AST) -> Iterator[str]:
    """Yield what a statement imports of the package: modules, and names as if they were some."""
    match node:
        case ast.Import(names=names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            modules = [f"{module}.{alias.name}" for alias in names]
            modules += [module] if module.count(".") else []
        case ast.ImportFrom():
            yield f"{PACKAGE}.relatively (write rtwidget. ... in full)"
            return
        case _:
            return
    yield from (module for module in modules if module.partition(".")[0] == PACKAGE)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
