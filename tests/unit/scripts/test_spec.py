"""Each statement of the specification names tests, and they are there; the check can fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from scripts.house.spec import check_spec, wrong_mentions, wrong_spec

SPEC = """
**1a.** A notification marks keys. A later one (**1a** again) moves the time.

| **B1** | a key read | 30 ms |

| id | test |
|---|---|
| 1a | `tests/test_rule.py::test_keys` |
| B1 | `tests/test_rule.py::test_pace` |
"""
FILES = {"tests/test_rule.py": "def test_keys() -> None: ...\nasync def test_pace() -> None: ...\n"}


def offences(text: str, files: Mapping[str, str] = FILES) -> list[str]:
    return list(wrong_spec(text, files.get))


def test_every_statement_of_the_rule_has_tests_that_are_there() -> None:
    assert check_spec().endswith("statements")


def test_a_specification_whose_tests_are_there_is_good() -> None:
    assert offences(SPEC) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace("| 1a |", "| 2a |"), ["1a names no test", "2a has a test, but no"]),
        (lambda text: text.replace("test_pace", "test_race"), ["tests/test_rule.py has no test_race"]),
        (lambda text: text.replace("rule.py::test_pace", "law.py::test_pace"), ["tests/test_law.py is no"]),
        (lambda text: text.replace("`tests/test_rule.py::test_keys`", "`none yet`"), ["1a names no test"]),
        (lambda text: text.replace("| **B1**", "**1a.**\n\n| **B1**"), ["1a stands there twice"]),
        (lambda _: "Nothing is said.", ["No statement was found"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(change: Callable[[str], str], expected: list[str]) -> None:
    found = offences(change(SPEC))
    assert len(found) == len(expected)
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True))


def test_what_code_says_of_it_is_there() -> None:
    good = '"""Marks keys (clauses 1 and 1a; SPEC.md, B1)."""'
    assert list(wrong_mentions(SPEC, {"a.py": good})) == []
    bad = {"a.py": "# clauses 1a, 1c to 2", "b.py": "# SPEC.md, B1 to B3"}
    told = [line.split(", which")[0] for line in wrong_mentions(SPEC, bad)]
    assert told == ["a.py names 1c", "a.py names 2", "b.py names B3"]
