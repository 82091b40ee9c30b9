"""What somebody does with rows: looks at one, copies or chooses some, or looks for values to filter by. Checked as they are read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from rtwidget.view.messages.query_message import Name, ShownAs
from rtwidget.view.messages.window_messages import KeyText, NonNegative, SeenRow, ViewId

MOST_SELECTED = 10_000
"""Chosen rows at most: nobody picks more by hand."""


class Values(msgspec.Struct, frozen=True, tag_field="kind", tag="values"):
    """Somebody is about to choose from the values of a column, as they are shown."""

    view: ViewId
    id: NonNegative
    column: Name
    shown_as: ShownAs = ShownAs()


class WholeRow(msgspec.Struct, frozen=True, tag_field="kind", tag="row"):
    """Somebody looks at one row alone."""

    view: ViewId
    id: NonNegative
    key: KeyText


class Copy(msgspec.Struct, frozen=True, tag_field="kind", tag="copy"):
    """Somebody copies cells of which the view knows only the beginning, or nothing."""

    view: ViewId
    id: NonNegative
    keys: Annotated[tuple[KeyText, ...], msgspec.Meta(max_length=MOST_SELECTED)]
    columns: tuple[Name, ...]


class Span(msgspec.Struct, frozen=True, tag_field="kind", tag="span"):
    """Somebody chose all rows from one to another, some of which the view does not hold."""

    view: ViewId
    id: NonNegative
    start: KeyText
    end: SeenRow


class Select(msgspec.Struct, frozen=True, tag_field="kind", tag="select"):
    """Somebody chose these rows, and no others."""

    view: ViewId
    id: NonNegative
    keys: Annotated[tuple[KeyText, ...], msgspec.Meta(max_length=MOST_SELECTED)]
