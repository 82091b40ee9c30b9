"""Conditions as PostgREST wants them: a parameter each, and one `and=(...)` of those that would come twice.

PostgREST takes a parameter as often as it comes, and all of them hold. Other servers of the same API, and gateways that
read a query string as a mapping, keep one of them, and answer with rows that nobody asked for. So no name is sent twice,
and no more than one tree of `and` and `or`, whatever the user's filter and the keys of a read ask for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rtwidget.abc import Condition, Expression
from rtwidget.errors import FilterError
from rtwidget.sources.query.filter_text import list_values
from rtwidget.sources.query.filters import LOGIC
from rtwidget.sources.supabase.rest.quoting import Pairs, column_name, quoted

_COMPARISON = re.compile(
    r"(?P<operator>(?:not\.)?(?P<word>[a-z]+)(?:\([^)]*\))?)\.(?P<value>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition.

    Args:
        name: Its name as a parameter: a column's, or `or`, `and`, `not.or`, `not.and`.
        value: Its value as a parameter.
        nested: The same inside of a tree; None for what cannot stand there.
    """

    name: str
    value: str
    nested: str | None


def compared(column: str, operator: str, text: str) -> Term:
    """Return a comparison of a column with a value (any thread)."""
    name = column_name(column)
    return Term(name, f"{operator}.{text}", f"{name}.{operator}.{quoted(text)}")


def one_of(column: str, texts: Sequence[str], *, negated: bool = False) -> Term:
    """Return the condition that a column has one of these values (any thread)."""
    negation = "not." if negated else ""
    if len(texts) == 1:
        # PostgREST takes `in.("")` for `in.()`, which no row has.
        return compared(column, f"{negation}eq", texts[0])
    name = column_name(column)
    value = f"{negation}in.({','.join(map(quoted, texts))})"
    return Term(name, value, f"{name}.{value}")


def alternatives(nested: str) -> Term:
    """Return the condition that one of these terms holds, which are written as inside of a tree (any thread)."""
    return Term("or", f"({nested})", f"or({nested})")


def term_of(expression: Expression) -> Term:
    """Return an expression of the user's filter (any thread)."""
    if not isinstance(expression, Condition):
        name, _, value = expression.text.partition("=")
        return Term(name, value, _nested(name, value))
    negation = "not." if expression.negated else ""
    if expression.operator == "in":
        return one_of(expression.column, expression.values, negated=expression.negated)
    if expression.operator == "is":
        name, value = column_name(expression.column), f"{negation}is.{expression.values[0]}"
        return Term(name, value, f"{name}.{value}")
    return compared(expression.column, f"{negation}{expression.operator}", expression.values[0])


def parameters(terms: Sequence[Term]) -> Pairs:
    """Return the parameters that say that all of these hold, no name twice (any thread)."""
    names = [term.name for term in terms]
    trees = [term for term in terms if term.name in LOGIC]
    # The first condition of a column stays as it is, which servers read that know no trees.
    again = [term for at, term in enumerate(terms) if term not in trees and term.name in names[:at]]
    alone, inside = list(terms), list[Term]()
    if again or len(trees) > 1:
        inside = [term for term in (*trees, *again) if term.nested is not None]
        alone = [term for term in terms if term not in inside]
    together = [("and", f"({','.join(term.nested or '' for term in inside)})")] if inside else []
    return [*((term.name, term.value) for term in alone), *together]


def _nested(name: str, value: str) -> str | None:
    """Return what only PostgREST understands as a term of a tree, where it can be one."""
    if name in LOGIC:
        return f"{name}{value}"
    found = _COMPARISON.fullmatch(value)
    if found is None or "." in name.partition("->")[0].strip('"'):
        return None  # of another table's rows, which no tree of this one's can name
    word, text = found["word"], found["value"]
    if word == "is":
        return f"{name}.{value}" if text.isidentifier() else None
    if word != "in":
        return f"{name}.{found['operator']}.{quoted(text)}"
    try:
        listed = ",".join(map(quoted, list_values(value, text)))
    except FilterError:
        return None
    return f"{name}.{found['operator']}.({listed})"
