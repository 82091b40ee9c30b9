"""The text of an answer as SQL over its rows, in each media type as PostgREST writes it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from rtwidget.local.rest.media import Media

# The header names the columns of the first row, so without a row there is none.
_CSV = sql.SQL(
    "(select coalesce(string_agg(k, ','), '') from (select json_object_keys(r)::text as k"
    " from (select row_to_json(_first) as r from _page as _first limit 1) as s) as a) || E'\\n' ||"
    " coalesce(string_agg(substring(_page::text, 2, length(_page::text) - 2), E'\\n'), '')"
)
_GEOJSON = sql.SQL(
    "json_build_object('type', 'FeatureCollection', 'features',"
    " coalesce(json_agg(ST_AsGeoJSON(_page)::json), '[]'))::text"
)
NOTHING = sql.SQL("''::text")


def body(media: Media) -> sql.Composable:
    """Write the aggregate over a relation named `_page`."""
    if media.body == "csv":
        return _CSV
    if media.body == "geojson":
        return _GEOJSON
    # The database writes the JSON, so that every digit stays as it is stored.
    rows, missing = sql.SQL("json_agg(_page)"), sql.SQL("'[]'")
    result: sql.Composable = rows
    # Top-level columns and what is nested in them alike.
    if media.strips_nulls:
        result = sql.SQL("json_strip_nulls({})").format(rows)
    if media.is_single:
        result, missing = sql.SQL("{} -> 0").format(result), sql.SQL("'null'")
    return sql.SQL("coalesce({}, {})::text").format(result, missing)
