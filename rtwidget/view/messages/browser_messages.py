"""What the browser may say, checked before anything is done with it (contract: memory-bank/systemPatterns.md)."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from rtwidget.view.messages.row_messages import Copy, Select, Span, Values, WholeRow
from rtwidget.view.messages.window_messages import Hello, NonNegative, Query, ViewId, Window


class Ack(msgspec.Struct, frozen=True, tag_field="kind", tag="ack"):
    """The view painted frame `seq`."""

    view: ViewId
    seq: NonNegative


class Visible(msgspec.Struct, frozen=True, tag_field="kind", tag="visible"):
    """The view was shown or hidden."""

    view: ViewId
    visible: bool


class Still(msgspec.Struct, frozen=True, tag_field="kind", tag="still"):
    """Somebody chooses from a list, and the rows are to keep their order meanwhile."""

    view: ViewId
    id: NonNegative
    still: bool


class Hold(msgspec.Struct, frozen=True, tag_field="kind", tag="hold"):
    """Somebody wants to look at the picture as it is, or at the newest again."""

    view: ViewId
    id: NonNegative
    held: bool


class Retry(msgspec.Struct, frozen=True, tag_field="kind", tag="retry"):
    """The user asked to connect now."""

    view: ViewId
    id: NonNegative


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
    """Return a message of the browser (any thread).

    Args:
        content: What came, as JSON has it.

    Raises:
        msgspec.ValidationError: When it is none that the contract knows.
        UnicodeError: When a text in it is none: JSON can hold half of a character, which nothing else can.
    """
    message: BrowserMessage = msgspec.convert(content, type=BrowserMessage)
    # For its error alone: half of a character passes as text until somebody writes it.
    msgspec.json.encode(message)
    return message
