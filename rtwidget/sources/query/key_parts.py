"""What a notification may name as a key: anybody, or a server with a fault, may have written it.

A value that its column cannot hold would make the database refuse the read, and a refused read needs the user.
"""

from __future__ import annotations

import re
from typing import Final

from rtwidget.replica.keys import Cell, JsonText

MOST_CHARACTERS: Final = 10_000
"""An index entry has 2,704 bytes, more only where it compresses well; 2,000 dirty keys of this length are 20 MB."""

_INTEGERS: Final = {"int2": 2**15, "int4": 2**31, "int8": 2**63, "oid": 2**32}
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Types whose values are checked here; what else a column may be, a domain or an enum, only the database knows.
_PLAIN: Final = frozenset({*_INTEGERS, "bool", "uuid", "text", "varchar", "date"})


def can_be(part: Cell, type_name: str) -> bool:
    """Whether a value can be a key of a type; where only the database knows, it is asked (any thread)."""
    limit = _INTEGERS.get(type_name)
    if limit is not None:
        # `True` is an int in Python, and no key of an integer column.
        return isinstance(part, int) and not isinstance(part, bool) and -limit <= part < limit
    if type_name == "bool":
        return isinstance(part, bool)
    if not isinstance(part, str) or isinstance(part, JsonText):
        return isinstance(part, int) and not isinstance(part, bool) and type_name == "numeric"
    if type_name == "uuid":
        return is_uuid(part)
    return can_be_any(part)


def is_uuid(text: str) -> bool:
    """Whether a text is a uuid as PostgreSQL writes it (any thread)."""
    return _UUID.fullmatch(text) is not None


def can_be_any(part: Cell) -> bool:
    """Whether a value can be a key of some type (any thread)."""
    return not isinstance(part, str) or (len(part) <= MOST_CHARACTERS and "\0" not in part)


def can_be_announced(part: Cell, type_name: str | None) -> bool:
    """Whether a value can be a key of a type as Realtime names it, where a domain has a name of its own (any thread)."""
    return can_be(part, type_name) if type_name in _PLAIN else can_be_any(part)
