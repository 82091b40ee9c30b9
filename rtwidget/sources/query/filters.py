"""The one filter language of every source: parsed once, here, into conditions that all hold.

A text is PostgREST's `column=operator.value`, a mapping means equality (None is null, a list is
"one of"). What only PostgREST understands is kept as it is, so that other sources can refuse it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from rtwidget.abc import Condition, Expression, Passthrough
from rtwidget.errors import FilterError
from rtwidget.sources.query.filter_text import list_values, split_name, unescape
from rtwidget.sources.query.filter_tree import is_one_tree
from rtwidget.sources.query.filter_values import members, text_of
from rtwidget.sources.query.plain_text import NO_TEXT, can_be_sent

Filter: TypeAlias = str | Mapping[str, object] | Sequence[str | Mapping[str, object]]

OPERATORS = frozenset({"eq", "neq", "lt", "lte", "gt", "gte", "in", "like", "ilike", "is"})
IS_VALUES = frozenset({"null", "true", "false", "unknown"})
_POSTGREST_ONLY = frozenset(
    "adj cd cs fts imatch isdistinct match nxl nxr ov phfts plfts sl sr wfts".split()  # noqa: SIM905
)
LOGIC = frozenset({"or", "and", "not.or", "not.and"})
_EXAMPLE = 'A right one is "status=eq.pending" or {"status": "pending"}.'


def parse_filter(given: Filter | None) -> tuple[Expression, ...]:
    """Return the expressions of a filter, sorted and without repetitions (any thread).

    Args:
        given: A text, a mapping, or several of them, which must all hold; None for no filter.

    Raises:
        FilterError: When a piece cannot be read; it is named, with the reason and an example.
    """
    if given is None:
        return ()
    pieces = (given,) if isinstance(given, str | Mapping) else given
    if not isinstance(pieces, Sequence):
        raise FilterError(f"A filter cannot be a {type(pieces).__name__}.", _EXAMPLE)
    found: set[Expression] = set()
    for piece in pieces:
        if isinstance(piece, str):
            found.add(_parse_text(piece))
        elif isinstance(piece, Mapping):
            found.update(_of_item(column, value) for column, value in piece.items())
        else:
            raise FilterError(f"A filter cannot hold a {type(piece).__name__}.", _EXAMPLE)
    for one in found:
        texts = (one.text,) if isinstance(one, Passthrough) else (one.column, *one.values)
        wrong = next((text for text in texts if not can_be_sent(text)), None)
        if wrong is not None:
            raise FilterError(f"The filter holds {wrong!r}, which no database holds.", NO_TEXT)
    return tuple(sorted(found, key=repr))


def _parse_text(text: str) -> Expression:
    name, equals, rest = split_name(text)
    if not equals or not name:
        raise FilterError(f"The filter {text!r} has no column and `=`.", _EXAMPLE)
    if name in LOGIC:
        if not is_one_tree(rest):
            raise FilterError(
                f"The filter {text!r} is not one pair of parentheses with conditions between.",
                'A right one is "or=(score.gt.5,status.eq.pending)"; a value with a comma, a parenthesis or a quote '
                "stands between double quotes.",
            )
        return Passthrough(text)
    negated = rest.startswith("not.")
    operator, dot, value = rest.removeprefix("not.").partition(".")
    if operator.partition("(")[0] in _POSTGREST_ONLY or (dot and operator.endswith(")")):
        return Passthrough(text)
    if not dot or operator not in OPERATORS:
        raise FilterError(
            f"The filter {text!r} has no known operator after `=`: {operator!r}.",
            f"Use one of {' '.join(sorted(OPERATORS))}. {_EXAMPLE}",
        )
    column = _unquoted(name)
    if column is None:
        return Passthrough(text)
    return Condition(column, operator, _values_of(text, operator, value), negated)


def _unquoted(name: str) -> str | None:
    """Return a column's plain name, or None for a path into JSON or into another table."""
    if name.startswith('"'):
        return unescape(name[1:-1])
    return None if "->" in name or "." in name else name


def _values_of(text: str, operator: str, value: str) -> tuple[str, ...]:
    if operator == "is":
        if value.lower() not in IS_VALUES:
            raise FilterError(
                f"The filter {text!r} compares by `is` with {value!r}.",
                "Use `is` with null, true, false or unknown, as in `due=is.null`.",
            )
        return (value.lower(),)
    if operator != "in":
        return (value,)
    return tuple(sorted(set(list_values(text, value))))


def _of_item(column: object, value: object) -> Condition:
    if not isinstance(column, str) or not column:
        raise FilterError(f"The filter's column {column!r} is not a name.", _EXAMPLE)
    if value is None:
        return Condition(column, "is", ("null",))
    several = members(value)
    if several is not None:
        return Condition(column, "in", tuple(sorted({text_of(column, one) for one in several})))
    return Condition(column, "eq", (text_of(column, value),))
