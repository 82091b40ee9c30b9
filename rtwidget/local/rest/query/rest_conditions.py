"""PostgREST's conditions: `op.value` texts and logic trees. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rtwidget.local.rest.query.url_reader import Reader
from rtwidget.local.rest.rest_errors import not_implemented, parse_error

QUANTIFIABLE = ("eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch")
_OTHERS = ("neq", "isdistinct", "in", "is", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj")
OPERATORS = frozenset((*QUANTIFIABLE, *_OTHERS))
IS_WORDS = frozenset(["null", "not_null", "true", "false", "unknown"])
_OPERATOR = re.compile(r"([a-z]+)(?:\((\w+)\))?\.")
_FULL_TEXT = ("fts", "plfts", "phfts", "wfts")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison.

    `values` has one element, or any number for `in`; with a `quantifier`, `any` or `all`, it is
    an array's text.
    """

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool
    quantifier: str | None = None


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `and` or `or`."""

    operator: str
    terms: tuple[Term, ...]
    negated: bool


Term = Condition | Logic


def parse_condition(column: str, text: str) -> Condition:
    """Read a filter of the query string, `column=text`.

    Args:
        column: The column's name, its quotes taken off.
        text: Operator and value.

    Raises:
        RestError: PGRST100, or that it is not done here.
    """
    reader = Reader(text, "filter")
    negated, operator, quantifier = _operator(reader)
    if operator == "in":
        values = _list(reader)
        reader.end()
    else:
        # A value of the query string goes to its end, commas and parentheses included.
        values = (reader.rest(),)
    _check_is(operator, values, text)
    return Condition(column, operator, values, negated, quantifier)


def parse_logic(key: str, text: str) -> Logic:
    """Read `or=(...)`, `and=(...)`, `not.or=(...)` or `not.and=(...)`.

    Raises:
        RestError: PGRST100, or that it is not done here.
    """
    reader = Reader(text, "logic tree")
    logic = Logic(key.removeprefix("not."), _terms(reader), key.startswith("not."))
    reader.end()
    return logic


def _operator(reader: Reader) -> tuple[bool, str, str | None]:
    """Read `not.`, the operator and its quantifier."""
    negated = reader.accept("not.")
    found = _OPERATOR.match(reader.text, reader.mark())
    operator, quantifier = (found[1], found[2]) if found else ("", None)
    if operator in _FULL_TEXT:
        raise not_implemented("full-text search")
    # Operators that take no quantifier do not take an empty one either.
    allowed = (None, "any", "all") if operator in QUANTIFIABLE else (None,)
    if found is None or operator not in OPERATORS or quantifier not in allowed:
        raise reader.refuse("operator (eq, gt, ...)")
    reader.back(found.end())
    return negated, operator, quantifier


def _terms(reader: Reader) -> tuple[Term, ...]:
    reader.spaces()
    reader.expect("(")
    terms: list[Term] = []
    while True:
        reader.spaces()
        terms.append(_logic(reader) or _condition(reader))
        reader.spaces()
        if not reader.accept(","):
            break
    reader.expect(")")
    reader.spaces()
    return tuple(terms)


def _logic(reader: Reader) -> Logic | None:
    start = reader.mark()
    negated = reader.accept("not.")
    for operator in ("and", "or"):
        if reader.accept(operator):
            reader.spaces()
            if reader.sees("("):
                return Logic(operator, _terms(reader), negated)
            break
    reader.back(start)
    return None


def _condition(reader: Reader) -> Condition:
    column = reader.field()
    reader.expect(".")
    negated, operator, quantifier = _operator(reader)
    values = _list(reader) if operator == "in" else (_value(reader),)
    if operator == "is":
        values = (values[0].rstrip(" \t"),)
    _check_is(operator, values, reader.text)
    return Condition(column, operator, values, negated, quantifier)


def _value(reader: Reader) -> str:
    start = reader.mark()
    if reader.accept("{"):
        inside = reader.until("{}")
        if reader.accept("}"):
            return "{" + inside + "}"
        reader.back(start)
    return reader.element()


def _list(reader: Reader) -> tuple[str, ...]:
    reader.spaces()
    reader.expect("(")
    reader.spaces()
    values = [reader.element()]
    while reader.accept(","):
        values.append(reader.element())
    reader.expect(")")
    reader.spaces()
    # PostgREST does not tell the list of one empty text from the empty list.
    return () if values == [""] else tuple(values)


def _check_is(operator: str, values: tuple[str, ...], text: str) -> None:
    if operator == "is" and values[0].lower() not in IS_WORDS:
        raise parse_error("filter", text, f'unexpected "{values[0][:1]}" expecting isVal')
