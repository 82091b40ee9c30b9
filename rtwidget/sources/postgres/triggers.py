"""The SQL that makes a table announce its changes, and the SQL that takes it away again: pure text.

One function and four statement-level triggers. The function sends the keys of the changed rows and nothing
else, since every role of the database may listen; it runs as whoever writes, with no right of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from psycopg import sql

from rtwidget.sources.postgres.channel import NAME_BYTES, channel_of, function_of

PAYLOAD_BYTES = 7_900
"""A payload has to be shorter than 8,000 bytes."""
MOST_KEYS = 1_000
"""More keys of one statement are read faster in a pass."""
MOST_PAYLOADS = 8
"""More payloads of one statement would fill the queue that all listeners of the server share."""

_CREATED = "rtwidget: announces the keys of changed rows on the channel {channel}. `rtwidget postgres disable` removes it."
_BODY = """
declare
  head constant text := {head};
  tail constant text := ']}}';
  keys text[];
  payloads text[] := '{{}}';
  batch text := '';
  one text;
  whole text;
begin
  if tg_op = 'INSERT' then
    keys := array(select {key} from rtwidget_new as r limit {more});
  elsif tg_op = 'DELETE' then
    keys := array(select {key} from rtwidget_old as r limit {more});
  elsif tg_op = 'UPDATE' then
    keys := array((select {key} from rtwidget_old as r limit {more})
      union (select {key} from rtwidget_new as r limit {more}));
  end if;
  if tg_op <> 'TRUNCATE' and cardinality(keys) <= {most} then
    if cardinality(keys) = 0 then
      return null;
    end if;
    whole := head || array_to_string(keys, ',') || tail;
    if octet_length(whole) <= {bytes} then
      perform pg_catalog.pg_notify({channel}, whole);
      return null;
    end if;
    foreach one in array keys loop
      if batch <> '' and octet_length(head || batch || tail) + octet_length(one) + 1 > {bytes} then
        payloads := payloads || (head || batch || tail);
        batch := '';
      end if;
      batch := batch || case batch when '' then '' else ',' end || one;
    end loop;
    payloads := payloads || (head || batch || tail);
    if cardinality(payloads) <= {payloads} and not exists (
      select from unnest(payloads) as p(text) where octet_length(p.text) > {bytes}) then
      perform pg_catalog.pg_notify({channel}, p.text) from unnest(payloads) as p(text);
      return null;
    end if;
  end if;
  perform pg_catalog.pg_notify({channel}, '{{"everything":true}}');
  return null;
end"""
_FUNCTION = """create or replace function {function}() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set extra_float_digits = 1
as {body}"""
_TRIGGERS = {
    "rtwidget_insert": "insert on {table} referencing new table as rtwidget_new",
    "rtwidget_update": "update on {table} referencing old table as rtwidget_old new table as rtwidget_new",
    "rtwidget_delete": "delete on {table} referencing old table as rtwidget_old",
    "rtwidget_truncate": "truncate on {table}",
}


def enabling(
    schema: str, table: str, key: Sequence[str], relations: Sequence[tuple[str, str]]
) -> list[sql.Composed]:
    """Return the statements that make a table announce its changes; running them again changes nothing (any thread).

    Args:
        schema: The table's schema.
        table: The table's name.
        key: The columns whose values are told.
        relations: Schema and name of what gets triggers: the table, and its partitions.
    """
    function = sql.Identifier(schema, function_of(schema, table))
    channel = channel_of(schema, table)
    comment = sql.Literal(_CREATED.format(channel=channel))
    body = _dollar_quoted(_body(channel, key))
    statements: list[sql.Composed] = [
        sql.SQL(_FUNCTION).format(function=function, body=body),
        sql.SQL("comment on function {}() is {}").format(function, comment),
    ]
    for relation in relations:
        place = sql.Identifier(*relation)
        for name, events in _TRIGGERS.items():
            trigger = sql.Identifier(name)
            made = sql.SQL(
                "create or replace trigger {} after "
                + events
                + " for each statement execute function {}()"
            )
            statements += [
                made.format(trigger, function, table=place),
                sql.SQL("alter table {} enable trigger {}").format(place, trigger),
                sql.SQL("comment on trigger {} on {} is {}").format(trigger, place, comment),
            ]
    return statements


def disabling(
    schema: str, table: str, triggers: Sequence[tuple[str, str, str]]
) -> list[sql.Composed]:
    """Return the statements that take away what `enabling` made, and nothing else (any thread).

    Args:
        schema: The table's schema.
        table: The table's name.
        triggers: Name of each trigger that calls the function, and schema and name of what it is on.
    """
    dropped: list[sql.Composed] = [
        sql.SQL("drop trigger {} on {}").format(sql.Identifier(name), sql.Identifier(*place))
        for name, *place in triggers
    ]
    function = sql.Identifier(schema, function_of(schema, table))
    return [*dropped, sql.SQL("drop function if exists {}()").format(function)]


def _body(channel: str, key: Sequence[str]) -> str:
    assert len(channel.encode()) <= NAME_BYTES  # noqa: S101  (else the server would refuse every write)
    names = sql.SQL(", ").join(sql.SQL("r.{}").format(sql.Identifier(name)) for name in key)
    head = json.dumps({"columns": list(key), "keys": []}, ensure_ascii=False).removesuffix("]}")
    return (
        sql.SQL(_BODY)
        .format(
            head=sql.Literal(head),
            key=sql.SQL("json_build_array({})::text").format(names),
            channel=sql.Literal(channel),
            more=sql.Literal(MOST_KEYS + 1),
            most=sql.Literal(MOST_KEYS),
            bytes=sql.Literal(PAYLOAD_BYTES),
            payloads=sql.Literal(MOST_PAYLOADS),
        )
        .as_string()
    )


def _dollar_quoted(text: str) -> sql.Composable:
    """Quote a text so that people can still read it, by a mark that is not in it."""
    mark = "$rtwidget$"
    while mark in text:
        mark = f"$x{mark[1:]}"
    return sql.SQL(f"{mark}{text}\n{mark}")
