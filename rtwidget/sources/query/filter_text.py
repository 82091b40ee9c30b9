"""How a filter's text is cut: names, lists and what stands between double quotes."""

from __future__ import annotations

import re

from rtwidget.errors import FilterError


def split_name(text: str) -> tuple[str, str, str]:
    """Split at the first `=` that stands outside of a quoted column name (any thread)."""
    if not text.startswith('"'):
        return text.partition("=")
    # A quoted name may hold `=` and escaped quotes.
    end, position = 0, 1
    while position < len(text) and not end:
        if text[position] == "\\":
            position += 1
        elif text[position] == '"':
            end = position
        position += 1
    _, equals, rest = text[end:].partition("=")
    return text[: end + 1] if end else "", equals, rest


def list_values(text: str, value: str) -> list[str]:
    """Return the values of a list in parentheses (any thread).

    Args:
        text: The filter it stands in.
        value: The list.

    Raises:
        FilterError: When it cannot be read.
    """
    if not (value.startswith("(") and value.endswith(")")):
        raise FilterError(
            f"The filter {text!r} needs its values in parentheses.",
            'A right one is "status=in.(pending,approved)".',
        )
    values: list[str] = []
    inside, position = value[1:-1], 0
    while position < len(inside):
        if inside[position] == '"':
            end = position + 1
            while end < len(inside) and inside[end] != '"':
                # What follows a backslash is a character of the value, a quote too.
                end += 2 if inside[end] == "\\" else 1
            if end >= len(inside) or inside[end + 1 : end + 2] not in {"", ","}:
                raise FilterError(
                    f"The filter {text!r} has a quote that is not closed before a comma.",
                    'A right one is "agent=in.(a,\\"b,c\\")".',
                )
            values.append(unescape(inside[position + 1 : end]))
            position = end + 2
        else:
            value, _, _ = inside[position:].partition(",")
            values.append(value)
            position += len(value) + 1
    # PostgREST reads a comma at the end as one more, empty value.
    return values if not inside.endswith(",") else [*values, ""]


def unescape(quoted: str) -> str:
    """Return the text between double quotes with its backslashes resolved (any thread)."""
    return re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
