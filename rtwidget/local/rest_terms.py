"""PostgREST's conditions: `op.value` texts and logic trees. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rtwidget.local.rest_errors import RestError, unreadable

_COMPARISONS = ("eq", "neq", "gt", "gte", "lt", "lte", "isdistinct")
_PATTERNS = ("like", "ilike", "match", "imatch")
OPERATORS = frozenset((*_COMPARISONS, *_PATTERNS, "in", "is", "cs", "cd", "ov"))
IS_WORDS = frozenset(["null", "not_null", "true", "false", "unknown"])
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CLOSERS = ",)"


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. `values` has one element, or any number for `in`."""

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `and` or `or`."""

    operator: str
    terms: tuple[Term, ...]
    negated: bool


Term = Condition | Logic


def parse_condition(column: str, text: str) -> Condition:
    """Read a filter of the query string, `column=text`.

    Raises:
        RestError: PGRST100.
    """
    negated = text.startswith("not.")
    operator, dot, value = text.removeprefix("not.").partition(".")
    if not dot or operator not in OPERATORS:
        raise unreadable("filter", text, f'unexpected "{text[:1]}" expecting operator')
    values: tuple[str, ...] = (value,)
    if operator == "in":
        reader = _Reader(value, "filter")
        values = reader.values()
        reader.end()
    _check_is(operator, values, text)
    return Condition(unquoted_name(column), operator, values, negated)


def parse_logic(key: str, text: str) -> Logic:
    """Read `or=(...)`, `and=(...)`, `not.or=(...)` or `not.and=(...)`.

    Raises:
        RestError: PGRST100.
    """
    reader = _Reader(text, "logic tree")
    logic = Logic(key.removeprefix("not."), reader.terms(), key.startswith("not."))
    reader.end()
    return logic


def unquoted_name(name: str) -> str:
    """Take the double quotes off a column name."""
    if len(name) > 1 and name[0] == name[-1] == '"':
        return _ESCAPED.sub(r"\1", name[1:-1])
    return name


def _check_is(operator: str, values: tuple[str, ...], text: str) -> None:
    if operator == "is" and values[0].lower() not in IS_WORDS:
        raise unreadable("filter", text, f'unexpected "{values[0][:1]}" expecting isVal')


class _Reader:
    """Reads a logic tree or a list of values from left to right."""

    def __init__(self, text: str, what: str) -> None:
        self._text = text
        self._what = what
        self._position = 0

    def end(self) -> None:
        if self._position != len(self._text):
            raise self._refuse("end of input")

    def terms(self) -> tuple[Term, ...]:
        self._expect("(")
        terms = [self._term()]
        while self._accept(","):
            terms.append(self._term())
        self._expect(")")
        return tuple(terms)

    def values(self) -> tuple[str, ...]:
        self._expect("(")
        if self._accept(")"):
            return ()
        values = [self._value()]
        while self._accept(","):
            values.append(self._value())
        self._expect(")")
        return tuple(values)

    def _term(self) -> Term:
        for prefix in ("and", "or", "not.and", "not.or"):
            if self._text.startswith(prefix + "(", self._position):
                self._position += len(prefix)
                operator = prefix.removeprefix("not.")
                return Logic(operator, self.terms(), prefix.startswith("not."))
        column = self._quoted() if self._peek() == '"' else self._until(".")
        self._expect(".")
        negated = self._accept("not.")
        operator = self._until(".")
        self._expect(".")
        if operator not in OPERATORS:
            raise self._refuse("operator")
        values = self.values() if operator == "in" else (self._value(),)
        _check_is(operator, values, self._text)
        return Condition(column, operator, values, negated)

    def _value(self) -> str:
        if self._peek() == '"':
            return self._quoted()
        if self._peek() == "{":
            end = self._text.find("}", self._position) + 1
            if end == 0:
                raise self._refuse("}")
            value = self._text[self._position : end]
            self._position = end
            return value
        return self._until(_CLOSERS)

    def _quoted(self) -> str:
        self._expect('"')
        characters: list[str] = []
        while self._peek() != '"':
            self._accept("\\")
            if not self._peek():
                raise self._refuse('"')
            characters.append(self._peek())
            self._position += 1
        self._expect('"')
        return "".join(characters)

    def _until(self, stops: str) -> str:
        start = self._position
        while self._peek() and self._peek() not in stops:
            self._position += 1
        return self._text[start : self._position]

    def _peek(self) -> str:
        return self._text[self._position : self._position + 1]

    def _accept(self, text: str) -> bool:
        found = self._text.startswith(text, self._position)
        self._position += len(text) if found else 0
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._refuse(text)

    def _refuse(self, wanted: str) -> RestError:
        found = self._peek() or "end of input"
        return unreadable(self._what, self._text, f'unexpected "{found}" expecting "{wanted}"')
