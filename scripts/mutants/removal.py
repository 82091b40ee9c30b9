"""A fault that cosmic-ray does not make: a statement that has an effect and is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parso.python.tree import Keyword

Span = tuple[tuple[int, int], tuple[int, int]]


class RemoveStatement:
    """Has the shape of cosmic-ray's operators: leaves out a call, or an assignment to something that lasts."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:  # noqa: ANN401  (a node of parso)
        """Yield where a node can be left out."""
        if _is_statement(node) and _has_effect(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401, ARG002
        """Return what stands in the node's place."""
        return Keyword("pass", node.start_pos, node.get_first_leaf().prefix)


def _is_statement(node: Any) -> bool:  # noqa: ANN401
    return node.parent is not None and node.parent.type == "simple_stmt"


def _has_effect(node: Any) -> bool:  # noqa: ANN401
    if node.type == "atom_expr":
        return True
    # A name that is never bound fails at once, and says nothing about the tests.
    return bool(node.type == "expr_stmt" and node.children[0].type == "atom_expr")
