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

__all__ = [
    "Answer",
    "Event",
    "Identity",
    "Live",
    "Notification",
    "Page",
    "ResolvedSource",
    "Source",
    "SourceRequest",
    "Watermark",
]
