"""What a view asks of the rows, as the browser says it: order, filters, search; checked and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, TypeAlias, assert_never

import msgspec

from rtwidget.store.order.ordering import Order
from rtwidget.view.browser_text.number_format import EXACT, NUMBER_FORMAT
from rtwidget.view.query import view_query
from rtwidget.view.query.view_query import ColumnFilter, ViewQuery

MOST_LEVELS: Final = 16
"""Columns to sort by; nobody reads more levels."""
MOST_FILTERS: Final = 200
"""Filters at once: one for each column of a very wide table."""
MOST_VALUES: Final = 1_000
"""Values in one filter; more than a list on a screen can offer."""
MOST_TEXT: Final = 1_000
"""Characters of a text to look for."""
MOST_COLUMNS: Final = 10_000
"""Columns whose manner of drawing is told; no database has a table of more."""

# A column's name may be longer than PostgreSQL's 63 bytes where another source names it.
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=256)]
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]

Format: TypeAlias = Annotated[
    # `\Z`, because `$` lets a line end pass.
    str, msgspec.Meta(max_length=8, pattern=rf"^({NUMBER_FORMAT}|{EXACT})\Z")
]
# Names of zones are paths of files to Python, so nothing else may stand in one.
Zone: TypeAlias = Annotated[
    str,
    msgspec.Meta(max_length=64, pattern=r"^([A-Za-z0-9][A-Za-z0-9_+/-]*|[+-]\d\d:\d\d)\Z"),
]


class ShownAs(msgspec.Struct, frozen=True):
    """How the view draws its cells."""

    zone: Zone = "UTC"
    formats: Annotated[dict[Name, Format], msgspec.Meta(max_length=MOST_COLUMNS)] = {}
    floats: Annotated[frozenset[Name], msgspec.Meta(max_length=MOST_COLUMNS)] = frozenset()


class SortLevel(msgspec.Struct, frozen=True):
    """One level of the order."""

    column: Name
    descending: bool = False


class _Filter(msgspec.Struct, frozen=True, tag_field="test"):
    column: Name


class Contains(_Filter, frozen=True, tag="contains"):
    """The value's text contains this one."""

    text: Text


class StartsWith(_Filter, frozen=True, tag="starts_with"):
    """The value's text begins with this one."""

    text: Text


class OneOf(_Filter, frozen=True, tag="one_of"):
    """The value is one of these."""

    values: Annotated[tuple[Text | bool | None, ...], msgspec.Meta(max_length=MOST_VALUES)]


class Between(_Filter, frozen=True, tag="between"):
    """The value lies between two bounds."""

    low: Text | None = None
    high: Text | None = None


class IsNull(_Filter, frozen=True, tag="null"):
    """The value is null."""


class IsNotNull(_Filter, frozen=True, tag="not_null"):
    """The value is not null."""


Filter: TypeAlias = Contains | StartsWith | OneOf | Between | IsNull | IsNotNull
Sort: TypeAlias = Annotated[tuple[SortLevel, ...], msgspec.Meta(max_length=MOST_LEVELS)]
Filters: TypeAlias = Annotated[tuple[Filter, ...], msgspec.Meta(max_length=MOST_FILTERS)]


def orders_of(sort: Sequence[SortLevel]) -> tuple[Order, ...]:
    """Return the order that a header shows; nulls come last, whatever the direction."""
    return tuple(Order(level.column, level.descending) for level in sort)


def shown_as_of(told: ShownAs) -> view_query.ShownAs:
    """Return how a view draws its cells."""
    return view_query.ShownAs(told.zone, told.formats, told.floats)


def query_of(
    orders: Sequence[Order],
    filters: Sequence[Filter],
    search: str,
    shown_as: view_query.ShownAs = view_query.DATABASES_WAY,
) -> ViewQuery:
    """Return what a view asks for."""
    tests = tuple(ColumnFilter(one.column, _test(one)) for one in filters)
    return ViewQuery(tuple(orders), tests, search, shown_as)


def _test(wanted: Filter) -> view_query.Test:
    match wanted:
        case Contains():
            return view_query.Contains(wanted.text)
        case StartsWith():
            return view_query.StartsWith(wanted.text)
        case OneOf():
            return view_query.OneOf(wanted.values)
        case Between():
            return view_query.Between(wanted.low, wanted.high)
        case IsNull():
            return view_query.IsNull()
        case IsNotNull():
            return view_query.IsNull(negated=True)
        case _:
            assert_never(wanted)
