"""PostgreSQL's text of an array, from texts and from the JSON that an answer shows an array as."""

from __future__ import annotations

import json
from collections.abc import Iterable


def array_of(texts: Iterable[str]) -> str:
    """Return the array of these values, each as its type writes it (any thread)."""
    return f"{{{','.join(map(_quoted, texts))}}}"


def array_from_json(text: str) -> str:
    """Return the text of an array that is written as JSON; what is no such array stays as it is (any thread)."""
    try:
        # Numbers keep their digits.
        value = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return text
    return _element(value) if isinstance(value, list) else text


def _element(value: object) -> str:
    if isinstance(value, list):
        return f"{{{','.join(map(_element, value))}}}"
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    # Every element is quoted, so that none is read as NULL, as a brace, or with its spaces cut off.
    return _quoted(value if isinstance(value, str) else json.dumps(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
