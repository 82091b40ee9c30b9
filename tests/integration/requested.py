"""A request as `live_table` makes it of the same arguments, for tests of what stands below a table."""

from __future__ import annotations

from typing import Any

from rtwidget.abc import SourceRequest
from rtwidget.sources.arguments import Project, find_factory, request_of
from rtwidget.sources.query.checked_query import checked_query


def requested(table: str, **options: Any) -> SourceRequest:
    """Return the request for a table; whatever `live_table` refuses is refused."""
    project: Project = {
        "url": options.pop("url", None),
        "key": options.pop("key", None),
        "access_token": options.pop("access_token", None),
        "client": options.pop("client", None),
        "realtime_url": options.pop("realtime_url", None),
    }
    source, insecure = options.pop("source", None), options.pop("insecure", False)
    query = checked_query(table, **options)
    return request_of(find_factory(source, project, insecure=insecure), query)
