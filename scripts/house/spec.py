"""Demand that each statement of the specification is carried by tests that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts.checks.steps import ROOT, StepError

SPEC = "rtwidget/replica/SPEC.md"

# A statement begins with its bold number: "**3a.** A read ...", or "| **B1** | ..." in a table.
_STATEMENT = re.compile(r"^(?:\| )?\*\*([A-Z]?\d+[a-z]?)\.?\*\*", re.MULTILINE)
# A row of the last table: "| 3a | tests/file.py::test_name in backticks |".
_ROW = re.compile(r"^\| ([A-Z]?\d+[a-z]?) \| `([^`]+)` \|$", re.MULTILINE)
_TEST = re.compile(r"[\w./-]+\.py::\w+")
# What code says of it: "(clauses 3g, 4f)", "(SPEC.md, A7)".
_MENTION = re.compile(
    r"\bclauses? (\d[a-z]?(?:(?:, | and | to )\d[a-z]?)*)|\bSPEC\.md, ([A-Z]\d+(?: to [A-Z]\d+)?)"
)
_NUMBER = re.compile(r"[A-Z]?\d+[a-z]?")


def check_spec() -> str:
    """Check the specification of the rule; return how many statements it has.

    Raises:
        StepError: With one line for each offence.
    """
    text = Path(ROOT, SPEC).read_text()
    code = {path.relative_to(ROOT).as_posix(): path.read_text() for path in _modules()}
    offences = [*wrong_spec(text, _read), *wrong_mentions(text, code)]
    if offences:
        raise StepError("\n".join(f"{SPEC}: {offence}" for offence in offences))
    return f"{len(_STATEMENT.findall(text))} statements"


def wrong_spec(text: str, read: Callable[[str], str | None]) -> Iterator[str]:
    """Yield a line for each statement without a test, and for each test that is not there.

    Args:
        text: The specification.
        read: Returns what is in a file, named relative to the project; None where there is none.
    """
    statements = _STATEMENT.findall(text)
    if not statements:
        yield "No statement was found; each begins with its number, as in **3a.**"
    for number in sorted({one for one in statements if statements.count(one) > 1}):
        yield f"{number} stands there twice."
    rows = _ROW.findall(text)
    carried = {number for number, test in rows if _TEST.fullmatch(test)}
    for number in statements:
        if number not in carried:
            yield f"{number} names no test; add a row to the table of tests."
    for number in sorted({one for one, _ in rows} - set(statements)):
        yield f"{number} has a test, but no statement."
    for test in sorted(set(_TEST.findall(text))):
        path, _, name = test.partition("::")
        code = read(path)
        if code is None:
            yield f"{path} is no file; {name} may have moved."
        elif name not in _functions(code):
            yield f"{path} has no {name}."


def wrong_mentions(text: str, code: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each statement that code names and that is not there.

    Args:
        text: The specification.
        code: What is in each file, by its name.
    """
    statements = set(_STATEMENT.findall(text))
    # "Clause 4" is all of its parts.
    known = statements | {number[:1] for number in statements if number[0].isdigit()}
    for name, lines in code.items():
        for found in _MENTION.finditer(lines):
            for number in _NUMBER.findall(found[1] or found[2]):
                if number not in known:
                    yield f"{name} names {number}, which is no statement."


def _modules() -> list[Path]:
    return sorted(Path(ROOT, "rtwidget", "replica").rglob("*.py"))


def _functions(code: str) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(ast.parse(code)) if isinstance(node, functions)}


def _read(path: str) -> str | None:
    file = Path(ROOT, path)
    return file.read_text() if file.is_file() else None
