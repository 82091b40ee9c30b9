"""The contract of a source, for whoever writes one: where a live table's rows and notifications come from.

`live_table("readings", source=Weather("https://..."))` works with any object that has the one method of `SourceFactory`::

    class Weather:                                   # SourceFactory: made in the user's cell, used for many tables
        def __init__(self, url):
            self.url = url

        def request_for(self, query):                # checks, and contacts nobody
            if query.filters or query.columns or query.limit:
                raise ArgumentError("Weather reads whole tables.", "Leave filter=, columns= and limit= out.")
            return WeatherRequest(self.url, query)

    class WeatherRequest:                            # SourceRequest: as whom, and with whom it is shared
        def __init__(self, url, query):
            self.url, self.query = url, query

        @property
        def title(self):
            return self.query.table

        async def resolve(self):
            source = WeatherSource(self.url, self.query)
            return ResolvedSource(("weather", self.url, self.query), source, project=self.url)

    class WeatherSource:                             # Source: reads, and says when to read again
        ...

`rtwidget.sources.memory` is a whole one in 200 lines. `rtwidget.testing` holds yours to what is promised here.

What a source promises:

- **Notifications invalidate, reads repair.** The stream names keys, and nothing that it carries is stored. Rows come from
  reads alone: what the database answers to the user's own query, as the user's own role. A stream may lose, repeat and
  reorder; reads may not be older than when they began.
- **One thread, one loop.** `request_for` runs on the user's thread. All else runs on rtwidget's loop thread, so nothing
  needs a lock, and nothing may block: what can only block goes into a thread of its own (`asyncio.to_thread`).
- **Several calls at once.** Passes, reads of keys, probes and a stream run at the same time.
- **Cancellation.** Each call may be cancelled at any `await`. It passes `CancelledError` on, gives back what it held, and
  the source is as usable as before.
- **Order by key.** Pages come in an order of keys that is total and always the same. It is the source's own: a database
  knows its collations, and rtwidget never compares two keys. Bounds may be keys whose rows are gone.
- **Keys are spelled one way.** A key is a tuple of cells, one for each key column, and equal keys are equal tuples.
  Where notifications may spell them in another way than reads, `Schema.exact_keys` is False.
- **Cells are exact.** A cell is a bool, an int, a str or None: `NumberText` for numbers with a fraction, as the database
  wrote them, `JsonText` for JSON objects and arrays, ISO 8601 for dates and moments.
- **Truncated answers are said.** A page may be shorter than was asked for. An `Answer` is `whole` only where that is
  known: a row that is missing from a whole answer is taken for gone.
- **Errors are `rtwidget.errors`.** Raise a `SourceError` whose class says what happened; its `kind` decides whether
  time, a new token or only the user can end it, and `retry_after_s` when to come back. Whatever else comes out stops the
  table as a fault. Say what happened, why, and what to do next; never a key or a token.
- **An end.** `aclose` is called once, when no call runs any more. Nothing is to be left: no connection, no task, no thread.

What a source may be able to do beyond this comes as further protocols beside `Source`, so that one written today stays whole.
"""

from rtwidget.abc.answers import Answer, Page, Watermark
from rtwidget.abc.notifications import Event, Live, Notification
from rtwidget.abc.own_token import Identity
from rtwidget.abc.source_contract import Source
from rtwidget.abc.source_request import ResolvedSource, SourceFactory, SourceRequest
from rtwidget.abc.table_query import Condition, Expression, Order, Passthrough, TableQuery

# The rule works on these, so they are defined in its room; a source finds them here with all else that it needs.
from rtwidget.replica.keys import Cell, JsonText, Key, NumberText, Row
from rtwidget.replica.schema import Column, Schema

__all__ = [
    "Answer",
    "Cell",
    "Column",
    "Condition",
    "Event",
    "Expression",
    "Identity",
    "JsonText",
    "Key",
    "Live",
    "Notification",
    "NumberText",
    "Order",
    "Page",
    "Passthrough",
    "ResolvedSource",
    "Row",
    "Schema",
    "Source",
    "SourceFactory",
    "SourceRequest",
    "TableQuery",
    "Watermark",
]
