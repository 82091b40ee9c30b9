"""Which rows a view wants: the messages by which it says hello, moves its window, and asks for other rows. Checked as they are read."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from rtwidget.store.order.ordering import Order
from rtwidget.view.messages.query_message import (
    Filters,
    ShownAs,
    Sort,
    Text,
    orders_of,
    query_of,
    shown_as_of,
)
from rtwidget.view.query.view_query import ViewQuery

MOST_WINDOW_ROWS = 500
"""Rows in one frame at most: five screens of a tall monitor."""

MOST_VIEW_ID = 64
# Up to here JavaScript counts exactly.
_MOST_ID = 2**53

ViewId: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_VIEW_ID)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_WINDOW_ROWS)]
NonNegative: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=_MOST_ID)]
# PostgreSQL has no index of longer keys than some 2,700 bytes; other sources may.
KeyText: TypeAlias = Annotated[str, msgspec.Meta(max_length=10_000)]


class SeenRow(msgspec.Struct, frozen=True):
    """A row of a view, by its key as it travelled, if it came already, and by the place where the view saw it."""

    key: KeyText | None
    place: NonNegative


class Window(msgspec.Struct, frozen=True, tag_field="kind", tag="window"):
    """The view wants these rows; without an anchor it stands at the very top, where new rows are to appear."""

    view: ViewId
    id: NonNegative
    first: NonNegative
    count: Count
    anchor: SeenRow | None = None


class Query(Window, frozen=True, tag_field="kind", tag="query"):
    """The view wants these of other rows; without a sort, in the table's own order."""

    sort: Sort | None = None
    filters: Filters = ()
    search: Text = ""
    shown_as: ShownAs = ShownAs()


class Hello(Query, frozen=True, tag_field="kind", tag="hello"):
    """The view exists, and wants these rows."""


def asked_by(query: Query, orders: tuple[Order, ...]) -> ViewQuery:
    """Return what a view asks for.

    Args:
        query: Its request.
        orders: The table's own order, for a view that asks for none.
    """
    asked = orders if query.sort is None else orders_of(query.sort)
    return query_of(asked, query.filters, query.search, shown_as_of(query.shown_as))
