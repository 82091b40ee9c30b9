"""Find imports against the arrows: api -> widget -> {view -> feed, doctor} -> {sources, store} -> replica -> errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

PACKAGE = "rtwidget"

_REPLICA = frozenset({"errors"})
_SOURCES = _REPLICA | {"replica"}
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
    "store": _SOURCES,
    "sources": _SOURCES,
    "feed": _FEED,
    "doctor": _DOCTOR,
    "view": _VIEW,
    "widget": _WIDGET,
    "api": _API,
    "__init__": _PUBLIC,
    # The backend stands in for a server, so it knows nothing of what it serves.
    "local": frozenset({"errors"}),
    "cli": _PUBLIC | {"local"},
    "__main__": frozenset({"cli"}),
}


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
        yield f"{name}: {room!r} is no room; give it a row in scripts/checks/arrows.py."
        return
    allowed = MAY_IMPORT[room] | {room}
    for node in ast.walk(tree):
        for other in _rooms(node):
            if other not in allowed:
                yield f"{name}:{_line(node)}: {room} must not import {other}."


def _rooms(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            modules = [f"{module}.{alias.name}" for alias in names]
        case ast.ImportFrom():
            yield "relatively (write rtwidget. ... in full)"
            return
        case _:
            return
    for module in modules:
        package, _, rest = module.partition(".")
        if package == PACKAGE:
            yield rest.partition(".")[0] or "__init__"


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
