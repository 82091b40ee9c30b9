"""What `enable` made before functions said what they announce: triggers under plain names alone, and writes that fail where a column is gone."""

from __future__ import annotations

from rtwidget.local import LocalBackend

_FUNCTION = """
create or replace function rtwidget_notify_{table}() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set extra_float_digits = 1
as $rtwidget$
declare
  keys text[];
begin
  if tg_op = 'INSERT' then
    keys := array(select json_build_array(r."id")::text from rtwidget_new as r limit 1001);
  elsif tg_op = 'DELETE' then
    keys := array(select json_build_array(r."id")::text from rtwidget_old as r limit 1001);
  elsif tg_op = 'UPDATE' then
    keys := array((select json_build_array(r."id")::text from rtwidget_old as r limit 1001)
      union (select json_build_array(r."id")::text from rtwidget_new as r limit 1001));
  end if;
  perform pg_catalog.pg_notify('rtwidget:public.{table}', '{{"columns": ["id"], "keys": [' || array_to_string(keys, ',') || ']}}');
  return null;
end
$rtwidget$;
"""
_TRIGGERS = """
create or replace trigger rtwidget_insert after insert on {on} referencing new table as rtwidget_new
  for each statement execute function rtwidget_notify_{table}();
create or replace trigger rtwidget_update after update on {on} referencing old table as rtwidget_old new table as rtwidget_new
  for each statement execute function rtwidget_notify_{table}();
create or replace trigger rtwidget_delete after delete on {on} referencing old table as rtwidget_old
  for each statement execute function rtwidget_notify_{table}();
create or replace trigger rtwidget_truncate after truncate on {on} for each statement execute function rtwidget_notify_{table}();
"""


def enable_as_before(backend: LocalBackend, table: str, *below: str) -> None:
    """Enable a table with a key `id`, and its partitions, as the older version did."""
    backend.sql(_FUNCTION.format(table=table))
    for on in (table, *below):
        backend.sql(_TRIGGERS.format(table=table, on=on))
