"""Find modules of the package that import each other in a circle, be it for their types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from scripts.house.arrows import PACKAGE


def import_circles(trees: Mapping[PurePosixPath, ast.Module]) -> Iterator[str]:
    """Yield a line for a circle of imports, if there is one; the next is found once it is broken.

    Args:
        trees: What is in each Python file, named relative to the project.
    """
    modules = {_module(name): tree for name, tree in trees.items() if name.parts[0] == PACKAGE}
    graph = {module: set(_imported(tree, modules)) for module, tree in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # Each one in it is imported by the next.
        yield f"These import each other in a circle: {' <- '.join(error.args[1])}."


def _module(name: PurePosixPath) -> str:
    return ".".join(name.with_suffix("").parts).removesuffix(".__init__")


def _imported(tree: ast.Module, modules: Mapping[str, ast.Module]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif (
            isinstance(node, ast.ImportFrom) and node.module is not None and node.module in modules
        ):
            below = {f"{node.module}.{alias.name}" for alias in node.names} & modules.keys()
            # Who takes modules from a package needs nothing else of it.
            yield from below or {node.module}
