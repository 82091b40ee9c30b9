"""From the arguments that say where rows come from to the object that makes sources: the short forms, and the objects themselves."""

from __future__ import annotations

from typing import TypedDict

from rtwidget.abc import SourceFactory, SourceRequest, TableQuery
from rtwidget.errors import ArgumentError, CredentialsError
from rtwidget.sources.postgres.factory import Postgres
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.credentials import AccessToken, Key
from rtwidget.sources.supabase.factory import Supabase

_TAKES = (
    'Pass `Supabase(url=..., key=...)`, `Postgres("postgresql://user@host/db")` or its connection string alone, '
    "or an object of your own with the method `request_for` of `rtwidget.abc.SourceFactory`."
)
_OWN = 'A table makes its own connections. Pass `source="postgresql://user@host/db"`.'
_INSTEAD = {
    "supabase": "Pass it as `client=`, without source.",
    "postgrest": "Pass the Supabase client as `client=`, without source.",
    "asyncpg": _OWN,
    "psycopg": _OWN,
    "psycopg2": _OWN,
    "psycopg_pool": _OWN,
    "sqlalchemy": "Pass `source=engine.url.render_as_string(hide_password=False)`, without a driver in its scheme.",
}
"""What to do with the objects that people pass instead, by the package that they come from."""


class Project(TypedDict):
    """The arguments that name a Supabase project and its reader, as the user gave them."""

    url: Key | None
    key: Key | None
    access_token: AccessToken | None
    client: object | None
    realtime_url: Key | None


def find_factory(source: object, project: Project, *, insecure: bool) -> SourceFactory:
    """Return what makes the sources: the object that was given, or the one that its short form stands for (any thread).

    Args:
        source: A connection string (as a secret, or as text), an object, or None for Supabase.
        project: The arguments of Supabase.
        insecure: Whether keys or rows may travel in the clear, or rows come from a server that proves nothing.

    Raises:
        ArgumentError: When an argument cannot work, or two of them name different places.
        CredentialsError: When the URL, the key or the connection string is missing, or cannot work.
    """
    if source is None:
        return Supabase(**project, insecure=insecure)
    beside = [name for name, value in project.items() if value is not None]
    if isinstance(source, str | Secret):
        if beside:
            raise ArgumentError(
                "source= names a PostgreSQL server, and url, key, access_token, client or realtime_url names Supabase.",
                "Pass the one or the other.",
            )
        return Postgres(source, insecure=insecure)
    if isinstance(source, type) or not isinstance(source, SourceFactory):
        raise CredentialsError(*_no_factory(source))
    if insecure is not False:
        beside.append("insecure")
    if beside:
        name = type(source).__name__
        raise ArgumentError(
            f"source= is a {name} object, and {', '.join(beside)} {'stand' if beside[1:] else 'stands'} beside it.",
            f"Pass that to `{name}(...)`, or leave source out.",
        )
    return source


def request_of(factory: SourceFactory, query: TableQuery) -> SourceRequest:
    """Return the request for a table (any thread).

    Raises:
        ArgumentError: When the source cannot do what is asked for, or what makes it returns no request.
    """
    request = factory.request_for(query)
    if not callable(getattr(request, "resolve", None)):
        raise ArgumentError(
            f"`{type(factory).__name__}.request_for` returned a {type(request).__name__}, which is no request.",
            "Let it return an object with the methods of `rtwidget.abc.SourceRequest`.",
        )
    return request


def _no_factory(source: object) -> tuple[str, str]:
    if isinstance(source, type):
        return f"source is the class {source.__name__}, not an object of it.", _TAKES
    kind = type(source)
    if hasattr(source, "read_page") or hasattr(source, "resolve"):
        return (
            f"source is a {kind.__name__}, which reads one table only.",
            "Pass what makes it: an object with the method `request_for` of `rtwidget.abc.SourceFactory`.",
        )
    package = kind.__module__.partition(".")[0]
    return f"source is a {kind.__name__}, not a text.", _INSTEAD.get(package, _TAKES)
