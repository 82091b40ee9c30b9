"""The order of a top-N query: `created_at.desc`, `score.asc.nullsfirst`, or a list of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from rtwidget.abc import Order
from rtwidget.errors import ArgumentError
from rtwidget.sources.query.plain_text import can_be_sent

_TERM = re.compile(
    r'(?P<column>"(?:[^"\\]|\\.)+"|[^".]+)(?:\.(?P<direction>asc|desc))?(?:\.(?P<nulls>nullsfirst|nullslast))?'
)
_OF_SQL = re.compile(r"(\w+)\s+(asc|desc)", re.IGNORECASE)
_HINT = 'A right one is order_by="created_at.desc" or order_by=["score.desc.nullslast", "id"].'


def parse_order(given: str | Sequence[str] | None) -> tuple[Order, ...]:
    """Return the terms of an order (any thread).

    Raises:
        ArgumentError: When it has no order, a term cannot be read, or a column stands in it twice.
    """
    pieces = (given,) if isinstance(given, str) else () if given is None else given
    if not isinstance(pieces, Iterable) or isinstance(pieces, Mapping | AbstractSet):
        raise ArgumentError(
            f"order_by is of the type {type(given).__name__}, which holds no order.", _HINT
        )
    terms: list[Order] = []
    for piece in pieces:
        if isinstance(piece, str) and (said := _OF_SQL.fullmatch(piece)):
            right = f"{said[1]}.{said[2].lower()}"
            raise ArgumentError(
                f"order_by holds {piece!r}, which is SQL's way.", f'Pass "{right}".'
            )
        match = _TERM.fullmatch(piece) if isinstance(piece, str) else None
        if match is None or not can_be_sent(piece):
            raise ArgumentError(f"order_by holds {piece!r}, which cannot be read.", _HINT)
        column = match["column"]
        if column.startswith('"'):
            column = re.sub(r"\\(.)", r"\1", column[1:-1])
        if any(term.column == column for term in terms):
            raise ArgumentError(f"order_by names {column!r} twice.", _HINT)
        terms.append(Order(column, match["direction"] == "desc", match["nulls"] or ""))
    return tuple(terms)
