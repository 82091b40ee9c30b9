"""A PATCH as SQL, the way PostgREST writes it. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from rtwidget.local.rest.media import media_type_name
from rtwidget.local.rest.query.body_sql import NOTHING, body
from rtwidget.local.rest.query.select_sql import order, reference, selection, where
from rtwidget.local.rest.rest_errors import RestError, not_implemented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rtwidget.local.rest.media import Media
    from rtwidget.local.rest.query.rest_query import Query
    from rtwidget.local.rest.schema_cache.relation import Relation, RelationColumn

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Payload:
    """The new values: JSON text, and the columns that it gives. Of a list the first object counts."""

    text: str
    columns: tuple[str, ...]
    is_list: bool


def read_payload(
    body_bytes: bytes, content_type: str | None, query: Query, *, fills_defaults: bool
) -> Payload:
    """Read the body of a PATCH.

    Args:
        body_bytes: The body; JSON is UTF-8, whatever the header says.
        content_type: The header of that name; None is JSON.
        query: What the URL says; its `columns` restrict those of the body.
        fills_defaults: Whether a missing value is the column's default.

    Raises:
        RestError: PGRST102, or that it is not done here.
    """
    kind = media_type_name((content_type or _JSON).replace(" ", ""))
    if kind in ("text/csv", "application/x-www-form-urlencoded"):
        raise not_implemented(f"changes that are given as {kind}")
    if kind != _JSON:
        raise _unusable(f"Content-Type not acceptable: {kind}")
    try:
        text = body_bytes.decode()
        values = json.loads(text, parse_constant=_refuse_constant)
    except ValueError:
        raise _unusable("Empty or invalid json") from None
    objects = values if isinstance(values, list) else [values] if isinstance(values, dict) else []
    # PostgREST takes the columns of the first object; all others have to have the same.
    names = set(objects[0]) if objects and isinstance(objects[0], dict) else set()
    if query.columns is None and any(
        not isinstance(one, dict) or set(one) != names for one in objects
    ):
        raise _unusable("All object keys must match")
    columns = tuple(sorted(names)) if query.columns is None else query.columns
    if fills_defaults and not names.issuperset(columns):
        raise not_implemented("`Prefer: missing=default` for columns that the body does not give")
    return Payload(text, columns, not isinstance(values, dict))


def update(
    relation: Relation,
    columns: Sequence[RelationColumn],
    query: Query,
    payload: Payload,
    media: Media | None,
    *,
    returns_rows: bool,
) -> sql.Composed:
    """Write the statement; it returns one row: the number of changed rows, and the answer's text.

    Args:
        relation: The table.
        columns: All its columns.
        query: Which rows, and what is selected of them; `limit` and `offset` do not count here.
        payload: The new values.
        media: How the changed rows are written; None when they are not.
        returns_rows: Whether they are read, which takes the right to select them.

    Raises:
        RestError: PGRST204, or that no row is named.
    """
    types = {column.name: column.type_text for column in columns}
    for name in payload.columns:
        if name not in types:
            message = f"Could not find the '{name}' column of '{relation.name}' in the schema cache"
            raise RestError(400, "PGRST204", message)
    if payload.columns and not query.where:
        # Supabase loads the extension `safeupdate` for whoever comes through the API.
        raise RestError(400, "21000", "UPDATE requires a WHERE clause")
    table = sql.Identifier(relation.schema, relation.name)
    change = _change(
        table,
        types,
        query,
        payload,
        _returned(table, columns, query) if returns_rows else sql.SQL("1"),
    )
    # What is selected is selected of the changed rows, which are named like the table itself.
    changed = sql.Identifier(relation.name)
    rows = (
        sql.SQL("select * from _changed")
        if media is None
        else sql.SQL("select {} from _changed as {}{}").format(
            selection(changed, query.select), changed, order(changed, query.order)
        )
    )
    return sql.SQL(
        "with _changed as ({}), _page as ({}) select count(_page), {} from _page"
    ).format(change, rows, NOTHING if media is None else body(media))


def _returned(
    table: sql.Identifier, columns: Sequence[RelationColumn], query: Query
) -> sql.Composable:
    """Write what is read of a changed row: the selected columns and the key."""
    names = {item.column for item in query.select}
    if "*" in names:
        return sql.SQL("{}.*").format(table)
    # PostgREST reads the key besides what was asked for.
    names |= {column.name for column in columns if column.is_key}
    return sql.SQL(", ").join(reference(table, name) for name in sorted(names))


def _change(
    table: sql.Identifier,
    types: dict[str, str],
    query: Query,
    payload: Payload,
    returned: sql.Composable,
) -> sql.Composed:
    if not payload.columns:
        # There is nothing to set, and an update cannot say so.
        return sql.SQL("select {} from {} where false").format(returned, table)
    names = [sql.Identifier(name) for name in payload.columns]
    typed = [
        sql.SQL("{} {}").format(name, sql.SQL(types[column]))  # as the catalog writes it
        for name, column in zip(names, payload.columns, strict=True)
    ]
    given = sql.SQL("{}({}::json) as _({}) limit 1").format(
        sql.SQL("json_to_recordset" if payload.is_list else "json_to_record"),
        sql.Literal(payload.text),
        sql.SQL(", ").join(typed),
    )
    return sql.SQL("update {} set {} from (select * from {}) as _given{} returning {}").format(
        table,
        sql.SQL(", ").join(sql.SQL("{} = _given.{}").format(name, name) for name in names),
        given,
        where(table, query.where),
        returned,
    )


def _refuse_constant(name: str) -> None:
    """Refuse `NaN` and `Infinity`, which only Python takes for JSON."""
    raise ValueError(name)


def _unusable(message: str) -> RestError:
    return RestError(400, "PGRST102", message)
