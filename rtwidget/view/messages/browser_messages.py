"""What the browser may say, checked before anything is done with it (contract: memory-bank/systemPatterns.md)."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from rtwidget.store.order.ordering import Order
from rtwidget.view.messages.query_message import (
    Filters,
    Name,
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

MOST_SELECTED = 10_000
"""Chosen rows at most: nobody picks more by hand."""

MOST_VIEW_ID = 64
_MOST_ID = 2**53

ViewId: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_VIEW_ID)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_WINDOW_ROWS)]
Place: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=_MOST_ID)]


KeyText: TypeAlias = Annotated[str, msgspec.Meta(max_length=10_000)]


class SeenRow(msgspec.Struct, frozen=True):
    """A row of a view, by its key as it travelled, if it came already, and by the place where the view saw it."""

    key: KeyText | None
    place: Place


class Window(msgspec.Struct, frozen=True, tag_field="kind", tag="window"):
    """The view wants these rows; without an anchor it stands at the very top, where new rows are to appear."""

    view: ViewId
    id: Place
    first: Place
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


class Ack(msgspec.Struct, frozen=True, tag_field="kind", tag="ack"):
    """The view painted frame `seq`."""

    view: ViewId
    seq: Place


class Visible(msgspec.Struct, frozen=True, tag_field="kind", tag="visible"):
    """The view was shown or hidden."""

    view: ViewId
    visible: bool


class Values(msgspec.Struct, frozen=True, tag_field="kind", tag="values"):
    """Somebody is about to choose from the values of a column, as they are shown."""

    view: ViewId
    id: Place
    column: Name
    shown_as: ShownAs = ShownAs()


class WholeRow(msgspec.Struct, frozen=True, tag_field="kind", tag="row"):
    """Somebody looks at one row alone."""

    view: ViewId
    id: Place
    key: KeyText


class Copy(msgspec.Struct, frozen=True, tag_field="kind", tag="copy"):
    """Somebody copies cells of which the view knows only the beginning, or nothing."""

    view: ViewId
    id: Place
    keys: Annotated[tuple[KeyText, ...], msgspec.Meta(max_length=MOST_SELECTED)]
    columns: tuple[Name, ...]


class Span(msgspec.Struct, frozen=True, tag_field="kind", tag="span"):
    """Somebody chose all rows from one to another, some of which the view does not hold."""

    view: ViewId
    id: Place
    start: KeyText
    end: SeenRow


class Still(msgspec.Struct, frozen=True, tag_field="kind", tag="still"):
    """Somebody chooses from a list, and the rows are to keep their order meanwhile."""

    view: ViewId
    id: Place
    still: bool


class Select(msgspec.Struct, frozen=True, tag_field="kind", tag="select"):
    """Somebody chose these rows, and no others."""

    view: ViewId
    id: Place
    keys: Annotated[tuple[KeyText, ...], msgspec.Meta(max_length=MOST_SELECTED)]


class Hold(msgspec.Struct, frozen=True, tag_field="kind", tag="hold"):
    """Somebody wants to look at the picture as it is, or at the newest again."""

    view: ViewId
    id: Place
    held: bool


class Retry(msgspec.Struct, frozen=True, tag_field="kind", tag="retry"):
    """The user asked to connect now."""

    view: ViewId
    id: Place


class Bye(msgspec.Struct, frozen=True, tag_field="kind", tag="bye"):
    """The view was disposed; `gone` when the output that showed it was taken away, and not its page or its notebook."""

    view: ViewId
    gone: bool = False


BrowserMessage: TypeAlias = (
    Hello
    | Query
    | Window
    | Ack
    | Visible
    | Values
    | WholeRow
    | Copy
    | Span
    | Still
    | Select
    | Hold
    | Retry
    | Bye
)


def parse(content: object) -> BrowserMessage:
    """Return a message of the browser.

    Raises:
        msgspec.ValidationError: When it is none that the contract knows.
        UnicodeError: When a text in it is none: JSON can hold half of a character, which nothing else can.
    """
    message: BrowserMessage = msgspec.convert(content, type=BrowserMessage)
    msgspec.json.encode(message)
    return message
