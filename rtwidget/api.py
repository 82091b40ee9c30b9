"""`live_table`: arguments to a source, a feed and a widget."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rtwidget.abc import SourceFactory
from rtwidget.errors import ServiceKeyWarning
from rtwidget.sources.arguments import Project, find_factory, request_of
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.query.filters import Filter
from rtwidget.sources.secret import Secret, veiled
from rtwidget.sources.supabase.credentials.bearer import bearer_of
from rtwidget.sources.supabase.credentials.credentials import AccessToken, Key
from rtwidget.sources.supabase.factory import Supabase
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.store.order.ordering import Order
from rtwidget.widget.checked_options import check_options

if TYPE_CHECKING:
    from rtwidget.widget.live_table import LiveTable

# Digests of the service keys that were spoken of: once for each is enough.
_WARNED_OF: set[str] = set()


def live_table(
    table: str,
    *,
    source: str | Secret | SourceFactory | None = None,
    url: Key | None = None,
    key: Key | None = None,
    access_token: AccessToken | None = None,
    client: object | None = None,
    schema: str = "public",
    columns: Sequence[str] | None = None,
    filter: Filter | None = None,  # noqa: A002  (PostgREST's and the user's word for it)
    order_by: str | Sequence[str] | None = None,
    limit: int | None = None,
    primary_key: str | Sequence[str] | None = None,
    types: Mapping[str, str] | None = None,
    version: str | None = None,
    numeric: NumericAs = "float",
    realtime_url: Key | None = None,
    verify_every: float | None = None,
    formats: Mapping[str, str] | None = None,
    follow: bool = False,
    height: int = 400,
    saved_rows: int = 100,
    insecure: bool = False,
) -> LiveTable:
    """Return a table that stays equal to what your role can select; display it, or read `.df`.

    Returns at once; the rows come on another thread.

    Args:
        table: The table's name, without its schema.
        source: Where the rows come from: `Supabase(...)`, `Postgres(...)`, or an object of your own (`rtwidget.abc`). A text
            is a PostgreSQL connection string, such as "postgresql://user@host/db", and short for `Postgres` of it; it
            needs `pip install 'rtwidget[postgres]'`. Without it, `url`, `key`, `access_token`, `client`, `realtime_url`
            and `insecure` are short for `Supabase` of them. Pass the one or the other.
        url: The project's URL; else the client's, else `SUPABASE_URL`.
        key: The project's key; else the client's, else `SUPABASE_KEY`, `SUPABASE_PUBLISHABLE_KEY` or `SUPABASE_ANON_KEY`.
        access_token: A user's token, or a function (sync or async) that returns a fresh one.
        client: A supabase-py client, sync or async, whose URL, key and session are used.
        schema: The table's schema.
        columns: The columns to read, the key always among them; None for all.
        filter: What must hold: "status=eq.pending", {"status": "pending"}, or several of them.
        order_by: "created_at.desc", or a list of such.
        limit: How many rows of that order to keep, 1 to 10,000; None for all.
        primary_key: The column or columns that identify a row; None for the known ones, else "id".
        types: SQL types of columns where the source cannot tell, such as {"amount": "numeric"}.
        version: A column that a trigger or an identity changes with every change of a row, such as "updated_at" with a trigger.
            Big tables are then verified by key and version instead of whole rows. Name it only if nothing can miss it.
        numeric: What numbers with a fraction become in `df`: "float", or exact "decimal". The grid shows every digit of decimals.
        realtime_url: The whole websocket URL of a self-hosted Realtime server.
        verify_every: The time between two verifying reads of all rows, in seconds; None for a budget that follows their cost.
        formats: How numbers of a column are written in the grid, in the manner of d3: ",.2f", "$,.2f", ".1%", ",d" or "s"; or
            "exact" for every digit, where floats have six that count.
        follow: Whether the last rows stay in sight while more come, as long as nobody scrolls away from them; with the newest
            first, as in `order_by="created_at.desc"`, new rows appear at the top anyway.
        height: The height of the view, in px.
        saved_rows: How many of the first rows are saved with the cell's output (64 kB at most), for whoever opens the notebook
            without its kernel, 0 to 500; 0 for none.
        insecure: Whether the key may travel without TLS to another machine, or the rows of `source=` come from one that does not prove who it is.

    Raises:
        ArgumentError: When an argument cannot work.
        FilterError: When the filter cannot be read.
        CredentialsError: When the URL, the key or the connection string is missing, or cannot work.
    """
    # From here on, no traceback that shows variables can show them; what they hold is checked later.
    project: Project = {
        "url": veiled(url),
        "key": veiled(key),
        "access_token": access_token if callable(access_token) else veiled(access_token),
        "client": client,
        "realtime_url": veiled(realtime_url),
    }
    source = veiled(source)
    del url, key, access_token, realtime_url
    check_options(
        numeric=numeric,
        verify_every=verify_every,
        height=height,
        saved_rows=saved_rows,
        formats=formats,
        switches={"follow": follow},
    )
    query = checked_query(
        table,
        schema=schema,
        columns=columns,
        filter=filter,
        order_by=order_by,
        limit=limit,
        primary_key=primary_key,
        types=types,
        version=version,
    )
    factory = find_factory(source, project, insecure=insecure)
    # Before anything is started, so that what the source cannot do is refused in the user's cell.
    request = request_of(factory, query)
    if isinstance(factory, Supabase):
        _warn_of_service_key(factory.key)
    # The widget's libraries are loaded by the first table, not by `import rtwidget`.
    from rtwidget.view.replica_table import ReplicaTable  # noqa: PLC0415
    from rtwidget.widget.display_options import ViewOptions  # noqa: PLC0415
    from rtwidget.widget.live_table import LiveTable  # noqa: PLC0415

    orders = [Order(term.column, term.descending, term.nulls_come_first) for term in query.order]
    handle = ReplicaTable(request, verify_every)
    try:
        options = ViewOptions(height, saved_rows, formats or {}, follow)
        return LiveTable(handle, numeric, orders, options)
    except BaseException:
        # Ctrl-C, too: nobody else holds the handle, so its feed would run on for ever.
        handle.close()
        raise


def _warn_of_service_key(key: Secret) -> None:
    bearer = bearer_of(key)
    if not bearer.is_service or key.digest in _WARNED_OF:
        return
    _WARNED_OF.add(key.digest)
    warnings.warn(
        f"The key is {bearer.kind}: without `access_token=` every row is read, past row-level security, and "
        "whoever sees the key can change the whole database. Keep it out of notebooks; use the publishable (anon) key.",
        ServiceKeyWarning,
        # The user's cell: it called `live_table`, which called this.
        stacklevel=3,
    )
