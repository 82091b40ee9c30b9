"""Find functions without type hints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

FOLDERS = frozenset({"rtwidget", "tests", "scripts", "bench"})


def missing_hints(name: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Yield a line for each function whose arguments or result have no type.

    Args:
        name: The file, relative to the project.
        tree: What is in it.
    """
    if name.parts[0] not in FOLDERS:
        return
    methods = {
        function
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for function in owner.body
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            bare = _bare(node, is_method=node in methods)
            if bare:
                yield f"{name}:{node.lineno}: {node.name}() has no type for {', '.join(bare)}."


def _bare(function: ast.FunctionDef | ast.AsyncFunctionDef, *, is_method: bool) -> list[str]:
    given = function.args
    static = any(
        isinstance(decorator, ast.Name) and decorator.id == "staticmethod"
        for decorator in function.decorator_list
    )
    positional = [*given.posonlyargs, *given.args]
    # The first argument is `self` or `cls`, whose type nobody writes.
    if is_method and not static:
        positional = positional[1:]
    rest = [given.vararg, *given.kwonlyargs, given.kwarg]
    arguments = [*positional, *(argument for argument in rest if argument is not None)]
    bare = [argument.arg for argument in arguments if argument.annotation is None]
    return bare if function.returns is not None else [*bare, "its result"]
