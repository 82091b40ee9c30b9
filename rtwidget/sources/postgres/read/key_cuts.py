"""The SQL that cuts the keys of a query into equal parts: from what ANALYZE knows, or by counting."""

from __future__ import annotations

from psycopg import sql

from rtwidget.abc import Order
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.statement import Statement, Values, as_json, comma
from rtwidget.sources.postgres.read.terms import column, ordered


def histogram(query: Query) -> Statement:
    """Return the statement of the bounds of equal parts of a single key, as texts; no row where they are not known to the role."""
    values = Values()
    (name,) = query.key
    where = [values.add(given) for given in (query.schema, query.name, name)]
    return values.of(
        as_json(
            sql.SQL(
                "select bounds.bound as {key} from pg_catalog.pg_stats as s cross join lateral"
                " pg_catalog.unnest(s.histogram_bounds::pg_catalog.text::pg_catalog.text[])"
                " with ordinality as bounds(bound, place)"
                " where s.schemaname operator(pg_catalog.=) {} and s.tablename operator(pg_catalog.=) {}"
                " and s.attname operator(pg_catalog.=) {} and not s.inherited"
                " order by bounds.place"
            ).format(*where, key=sql.Identifier(name))
        )
    )


def cuts(query: Query, parts: int) -> Statement:
    """Return the statement of the last key of each but the last of so many equal parts."""
    values = Values()
    keys = comma(map(column, query.key))
    last_first = comma(ordered(Order(name, descending=True)) for name in query.key)
    return values.of(
        as_json(
            sql.SQL(
                "select {names} from (select distinct on (rtwidget_part) {keys}, rtwidget_part from"
                " (select {keys}, pg_catalog.ntile({parts}) over (order by {keys}) as rtwidget_part {source})"
                " as rtwidget_row order by rtwidget_part, {last_first}) as rtwidget_cut"
                " where rtwidget_part operator(pg_catalog.<) {parts} order by rtwidget_part"
            ).format(
                names=comma(map(sql.Identifier, query.key)),
                keys=keys,
                parts=sql.Literal(parts),
                source=query.source(values),
                last_first=last_first,
            )
        )
    )
