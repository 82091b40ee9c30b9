"""The trigger function: what it says, and how a listener knows what a table's function would say. Pure.

It names the keys of changed rows and nothing else, since every role of the database may listen. It runs as whoever writes,
with no right of its own, and must never make a write fail: what it cannot name, whatever became of the table, is "everything".
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec
from psycopg import sql

from rtwidget.sources.postgres.listen.channel import NAME_BYTES, channel_of
from rtwidget.sources.postgres.read.text_settings import SETTINGS

PAYLOAD_BYTES = 7_900
"""A payload has to be shorter than 8,000 bytes."""
SURE_BYTES = 3_500
"""A server with the smallest blocks takes a payload of this size too."""
MOST_KEYS = 1_000
"""More keys of one statement are read faster in a pass."""
MOST_PAYLOADS = 8
"""More payloads of one statement would fill the queue that all listeners of the server share."""

FUNCTION_SETTINGS: Mapping[str, str] = {
    "search_path": "pg_catalog, pg_temp",
    **SETTINGS,
    "lc_monetary": "C",
}
"""The writer's session decides about nothing that is announced."""

# In the body, because a comment on the function can be changed by anybody who owns it without changing what it does.
_HEADER = "\n-- rtwidget "
# An error in the first block takes its notifications with it. A notification within a block costs more than all the rest,
# so the usual one is outside, where nothing is left that can fail. The NOTIFY at the end calls no function, so that no right
# can be missing. Most updates keep every key, and a comparison costs less than a union.
_BODY = """{header}
declare
  head constant text := {head};
  tail constant text := ']}}';
  keys text[];
  before text[];
  payloads text[] := '{{}}';
  batch text := '';
  one text;
  whole text;
begin
  begin
    if tg_op = 'INSERT' then
      keys := array(select {key} from rtwidget_new as r limit {more});
    elsif tg_op = 'DELETE' then
      keys := array(select {key} from rtwidget_old as r limit {more});
    elsif tg_op = 'UPDATE' then
      keys := array(select {key} from rtwidget_new as r limit {more});
      before := array(select {key} from rtwidget_old as r limit {more});
      if keys <> before then
        keys := array(select unnest(keys) union select unnest(before));
      end if;
    end if;
    if cardinality(keys) = 0 then
      return null;
    end if;
    if cardinality(keys) <= {most} then
      whole := head || array_to_string(keys, ',') || tail;
      if octet_length(whole) > {sure} or not has_function_privilege('pg_notify(text,text)'::regprocedure, 'execute') then
        if octet_length(whole) <= {bytes} then
          perform pg_notify({channel}, whole);
          return null;
        end if;
        whole := null;
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
          perform pg_notify({channel}, p.text) from unnest(payloads) as p(text);
          return null;
        end if;
      end if;
    end if;
  exception when others then
    whole := null;
  end;
  if whole is not null then
    perform pg_notify({channel}, whole);
    return null;
  end if;
  begin
    notify {listened}, '{{"everything":true}}';
  exception when others then
    null;
  end;
  return null;
end"""


class Promise(msgspec.Struct, frozen=True):
    """What a function says that it announces, in its first line.

    Args:
        channel: On which channel; it stands first, so that a function is found by it.
        columns: The columns whose values are told.
        given: Whether somebody named them; else they are the table's key.
    """

    channel: str
    columns: tuple[str, ...]
    given: bool = False


def function_body(promise: Promise) -> str:
    """Return the body of the function that keeps a promise, the same for every version of every library (any thread)."""
    assert len(promise.channel.encode()) <= NAME_BYTES  # noqa: S101  (else the server would refuse every write)
    columns = list(promise.columns)
    values = sql.SQL(", ").join(sql.SQL("r.{}").format(sql.Identifier(name)) for name in columns)
    # A key that is longer than any payload is not kept whole: of a column without an index it may be a gigabyte.
    key = sql.SQL("left(json_build_array({})::text, {})").format(
        values, sql.SQL(f"{PAYLOAD_BYTES + 1}")
    )
    return (
        sql.SQL(_BODY)
        .format(
            header=sql.SQL(_HEADER + _json(msgspec.to_builtins(promise))),
            head=_literal(_json({"columns": columns, "keys": []}).removesuffix("]}")),
            key=key,
            channel=_literal(promise.channel),
            listened=sql.Identifier(promise.channel),
            more=sql.SQL(f"{MOST_KEYS + 1}"),
            most=sql.SQL(f"{MOST_KEYS}"),
            bytes=sql.SQL(f"{PAYLOAD_BYTES}"),
            sure=sql.SQL(f"{SURE_BYTES}"),
            payloads=sql.SQL(f"{MOST_PAYLOADS}"),
        )
        .as_string()
    )


def promise_of(source: str) -> Promise | None:
    """Return what a function promises, or None where its first line says nothing, as of older versions (any thread)."""
    first = source.partition(_HEADER)[2].partition("\n")[0]
    try:
        return msgspec.json.decode(first, type=Promise)
    except msgspec.MsgspecError:
        return None


def mark_of(schema: str, table: str) -> str:
    """Return how the body of each function begins that announces a table, wherever it stands and whatever it is called (any thread)."""
    return _HEADER + _json({"channel": channel_of(schema, table)}).removesuffix("}")


def is_kept(promise: Promise, source: str, settings: Sequence[str]) -> bool:
    """Whether a function does what it promises: its body and settings are those of this version (any thread).

    Args:
        promise: What it promises.
        source: Its body.
        settings: Its settings, as the catalog has them: `name=value`.
    """
    found = {name.lower(): value for name, _, value in (one.partition("=") for one in settings)}
    # A program that ran the printed SQL may have other ends of lines.
    bodies = [one.rstrip("\r\n") for one in (source, source.replace("\r\n", "\n"))]
    return function_body(promise) in bodies and found == FUNCTION_SETTINGS


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _literal(text: str) -> sql.SQL:
    """Quote a text for every setting of `standard_conforming_strings`."""
    quoted = "'" + text.replace("'", "''") + "'"
    return sql.SQL("E" + quoted.replace("\\", "\\\\") if "\\" in text else quoted)
