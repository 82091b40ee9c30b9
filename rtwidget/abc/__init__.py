"""To be said."""

from rtwidget.abc.own_token import Identity
from rtwidget.abc.source_contract import (
    Answer,
    Event,
    Live,
    Notification,
    Page,
    Source,
    Watermark,
)
from rtwidget.abc.source_request import ResolvedSource, SourceRequest
from rtwidget.abc.table_query import Condition, Expression, Order, Passthrough, TableQuery

__all__ = [
    "Answer",
    "Condition",
    "Event",
    "Expression",
    "Identity",
    "Live",
    "Notification",
    "Order",
    "Page",
    "Passthrough",
    "ResolvedSource",
    "Source",
    "SourceRequest",
    "TableQuery",
    "Watermark",
]
