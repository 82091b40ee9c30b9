"""The small faults that cosmic-ray and `RemoveStatement` can put into a file of Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any, Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from scripts.mutants.mutant import Mutant
from scripts.mutants.removal import RemoveStatement

_LARGE: Final = 10
"""A named constant from here on is a choice: one more or less keeps the same promise."""
_GUARDS: Final = re.compile(r"\b(strict|frozen|slots|eq)=(True|False)\b|\bassert_never\(")
"""What only a mistake in the code itself could meet, and mypy looks for."""
_FIELD: Final = re.compile(r" +\w+: [^()]+")
"""A field of a class that says its type."""
_SWAPS: Final = frozenset(
    {
        *("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_FloorDiv"),
        *("BitAnd_BitOr", "BitOr_BitAnd", "LShift_RShift", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt"),
        *("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
        *("In_NotIn", "NotIn_In"),
    }
)
"""Of the hundreds of swaps of operators those that people make: `+` for `**` fails wherever it runs, and flatters the tests."""


def _operators() -> dict[str, Any]:
    found: dict[str, Any] = {"rtwidget/RemoveStatement": RemoveStatement()}
    for name in operator_names():
        kind, _, swap = name.partition("Operator_")
        operator = get_operator(name)
        if not operator.arguments() and (not swap or kind.endswith("Unary") or swap in _SWAPS):
            found[name] = operator()
    return found


OPERATORS: Final[Mapping[str, Any]] = _operators()


class PythonFile:
    """The faults that can be put into one file.

    Args:
        path: The file, below the project's folder.
        code: What is in it.
    """

    def __init__(self, path: str, code: str) -> None:
        self._path = path
        self._code = code
        self._lines = code.splitlines()
        self._meaning = meaning(code)
        self._choices: dict[int, dict[str, list[tuple[str, int]]]] = {}
        nodes = list(ast_nodes(get_ast(code)))
        for name, operator in OPERATORS.items():
            spans = [span for node in nodes for span in operator.mutation_positions(node)]
            for occurrence, (start, _) in enumerate(spans):
                kinds = self._choices.setdefault(start[0], {})
                kinds.setdefault(name.partition("_")[0], []).append((name, occurrence))

    def kinds_on(self, line: int) -> dict[str, list[tuple[str, int]]]:
        """Return the faults that can begin on a line, by kind: the operator and which of its places it is."""
        return self._choices.get(line, {})

    def mutant(self, line: int, operator: str, occurrence: int) -> Mutant | None:
        """Return the file with one fault, or None where it is none by the rules of this module."""
        code = mutate_code(self._code, OPERATORS[operator], occurrence)
        # A fault in a type or a comment changes nothing that runs.
        if code is None or meaning(code) == self._meaning or self._is_excluded(line, operator):
            return None
        changed = code.splitlines()
        before, after = self._lines[line - 1].strip(), changed[line - 1].strip()
        return Mutant(self._path, line, operator.partition("/")[2], before, after, code)

    def _is_excluded(self, line: int, operator: str) -> bool:
        """Whether a fault is none by a rule of `tests/README.md`."""
        text = self._lines[line - 1]
        if operator.endswith(("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "RemoveStatement")):
            return _GUARDS.search(text) is not None
        # `*` before the arguments that are given by name is no product.
        if operator.endswith("Mul_Div") and "*," in text:
            return True
        return operator.endswith("NumberReplacer") and _is_choice(text)


def _is_choice(text: str) -> bool:
    """Whether a line gives a name to a large number."""
    name, _, value = text.partition("=")
    numbers = [float(digits) for digits in re.findall(r"\b\d[\d_]*(?:\.\d+)?", value)]
    is_named = not name[:1].isspace() or _FIELD.fullmatch(name) is not None
    return is_named and bool(numbers) and min(numbers) >= _LARGE


class _Bare(ast.NodeTransformer):
    """Takes the types away, which nothing looks at while the program runs."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        node.annotation = ast.Constant(None)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)


def meaning(code: str) -> str | None:
    """Return what a file does, without its types; None where it is no Python."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    return ast.dump(_Bare().visit(tree))
