"""The filter text of a `postgres_changes` binding: `col=op.value`, joined by commas. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.local.realtime.joining.elixir_text import inspect
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused

_COMPARISONS = ("eq", "neq", "lt", "lte", "gt", "gte", "isdistinct")
_PATTERNS = ("like", "ilike", "match", "imatch")
OPERATORS = frozenset((*_COMPARISONS, *_PATTERNS, "in", "is"))
# The real server's limit.
MAX_IN_VALUES = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. `values` has one element, or any number for `in`."""

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool

    @property
    def text(self) -> str:
        """The value as the server prints it."""
        return "{" + ",".join(self.values) + "}" if self.operator == "in" else self.values[0]


def parse_filters(text: str) -> tuple[Filter, ...]:
    """Read a filter text; an empty one means no condition.

    Raises:
        SubscriptionRefused: It cannot be read; the message is the real server's.
    """
    if not text.strip():
        return ()
    return tuple(_parse_one(part) for part in split_outside(text))


def split_outside(text: str) -> list[str]:
    """Split at commas that are neither in parentheses nor in double quotes."""
    parts: list[str] = []
    start = depth = 0
    quoted = escaped = False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        # A quote inside of a value is an ordinary character.
        elif character == '"' and text[position - 1 : position] in ("", ".", ",", "("):
            quoted = True
        elif character == "(":
            depth += 1
        elif character == ")":
            # A closing parenthesis too many is left to the value it stands in.
            depth = max(0, depth - 1)
        elif character == "," and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def unquote(text: str) -> str:
    """Take the double quotes off a fully quoted value; a backslash keeps the next character."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':  # noqa: PLR2004
        return text
    characters = iter(text[1:-1])
    return "".join(next(characters, "") if c == "\\" else c for c in characters)


def _parse_one(part: str) -> Filter:
    part = part.strip()
    if not part:
        raise _refuse("filter must not contain empty segments (check for extra commas)")
    column, equals, condition = part.partition("=")
    if not equals:
        raise _refuse(inspect([part]))
    negated = condition.startswith("not.")
    operator, dot, value = condition.removeprefix("not.").partition(".")
    if not dot:
        raise _refuse(inspect([operator]))
    if operator not in OPERATORS:
        raise _refuse(inspect([operator, value]))
    if operator != "in":
        return Filter(column, operator, (unquote(value),), negated)
    if not (value.startswith("(") and value.endswith(")")):
        raise _refuse("`in` filter value must be wrapped by parentheses")
    values = tuple(unquote(item.strip()) for item in split_outside(value[1:-1]))
    return Filter(column, operator, values, negated)


def _refuse(detail: str) -> SubscriptionRefused:
    return SubscriptionRefused(f"Error parsing `filter` params: {detail}")
