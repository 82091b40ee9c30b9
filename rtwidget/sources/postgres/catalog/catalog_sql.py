"""The statement that describes a table and what announces it; any role may run it."""

from __future__ import annotations

from rtwidget.sources.postgres.read.comparison import COMPARISON, SAME_EQUALITY

BENEATH = """(
  with recursive source(oid) as (
    select c.oid
    union
    select d.refobjid from source
    join pg_catalog.pg_rewrite w on w.ev_class = source.oid and w.rulename = '_RETURN'
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
  select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(few.schema, few.name)), '[]') from (
    select n.nspname as schema, b.relname as name from source
    join pg_catalog.pg_class b on b.oid = source.oid join pg_catalog.pg_namespace n on n.oid = b.relnamespace
    where b.relkind in ('r', 'p', 'f') and c.relkind in ('v', 'm') order by 1, 2 limit 10) as few)"""
"""The first few tables whose rows the view `c` shows, as JSON; none for a table."""

# In `part`, whatever a column's type is made of; in `member`, the table and all that is below it, by partitions or by
# inheritance, but for temporary tables, which nobody else sees; in `ours`, the triggers on these that announce this table, known by what their function says in its first
# line, or by its name where it is of an older version. `xmin` changes with every change of a row of the catalog, also when
# somebody undid it before we looked: a trigger that was disabled for a moment has missed what was written meanwhile, and a label of
# an enum that gets another name is another value in every row, which no trigger sees.
# `offset 0` keeps to the indexes: the catalog of a server with many tables is not to be read whole at each heartbeat.
CATALOG = f"""
with recursive target as materialized (
  select c.* from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')),
base(root, oid, inner_oid) as (
  select distinct a.atttypid, d.oid, d.typbasetype from target
  join pg_catalog.pg_attribute a on a.attrelid = target.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type d on d.oid = a.atttypid
  union
  select base.root, d.oid, d.typbasetype from base
  cross join lateral (select * from pg_catalog.pg_type t where t.oid = base.inner_oid offset 0) as d),
part(root, oid) as (
  select base.root, base.oid from base where base.inner_oid = 0
  union
  select part.root, inside.oid from part
  cross join lateral (select * from pg_catalog.pg_type t where t.oid = part.oid offset 0) as d
  cross join lateral (
    select d.typbasetype where d.typtype = 'd' union all
    select d.typelem where d.typlen = -1 union all
    select r.rngsubtype from pg_catalog.pg_range r where d.oid in (r.rngtypid, r.rngmultitypid) union all
    select a.atttypid from pg_catalog.pg_attribute a
    where a.attrelid = d.typrelid and a.attnum > 0 and not a.attisdropped) as inside(oid)
  where inside.oid <> 0),
member(oid) as (
  select target.oid from target
  union
  select i.inhrelid from member
  cross join lateral (select * from pg_catalog.pg_inherits h where h.inhparent = member.oid offset 0) as i
  cross join lateral (select * from pg_catalog.pg_class t where t.oid = i.inhrelid offset 0) as c
  where c.relpersistence <> 't'),
ours as materialized (
  select g.oid, g.xmin, g.tgrelid, g.tgname, g.tgfoid, case
    when g.tgenabled not in ('O', 'A') or g.tgqual is not null or g.tgattr::pg_catalog.text <> '' then null
    when (g.tgtype, g.tgoldtable, g.tgnewtable) is not distinct from (4, null, 'rtwidget_new') then 'insert'
    when (g.tgtype, g.tgoldtable, g.tgnewtable) is not distinct from (8, 'rtwidget_old', null) then 'delete'
    when (g.tgtype, g.tgoldtable, g.tgnewtable) is not distinct from (16, 'rtwidget_old', 'rtwidget_new') then 'update'
    when g.tgtype = 32 then 'truncate' end as event
  from target cross join member
  cross join lateral (select t.xmin, t.* from pg_catalog.pg_trigger t where t.tgrelid = member.oid offset 0) as g
  cross join lateral (select * from pg_catalog.pg_proc f where f.oid = g.tgfoid offset 0) as p
  where not g.tgisinternal and ( pg_catalog.starts_with(p.prosrc, $4) or (p.pronamespace = target.relnamespace and p.proname = $3))),
below as materialized (
  select c.oid, c.relkind as kind, n.nspname as schema, c.relname as name, coalesce(heard.events, 0) as events
  from member cross join lateral (select * from pg_catalog.pg_class t where t.oid = member.oid offset 0) as c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join (select ours.tgrelid, pg_catalog.count(distinct ours.event) as events from ours group by 1) as heard
    on heard.tgrelid = c.oid
  where c.oid <> (select target.oid from target))
select pg_catalog.json_build_object(
  'oid', c.oid::pg_catalog.int8, 'kind', c.relkind, 'role', current_user,
  'owner', pg_catalog.pg_get_userbyid(c.relowner),
  'columns', (
    select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', a.attname, 'type', t.typname, 'schema', tn.nspname, 'comparison', {COMPARISON},
      'selectable', pg_catalog.has_column_privilege(c.oid, a.attnum, 'select'),
      'is_domain', a.atttypid <> t.oid,
      'patterns', exists (select from pg_catalog.pg_operator o
        where o.oprname = '~~' and o.oprleft = t.oid and o.oprnamespace = t.typnamespace),
      'shown_by_cast', exists (select from pg_catalog.pg_cast c
        where c.castsource = t.oid and c.casttarget = 'pg_catalog.json'::pg_catalog.regtype
          and t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace),
      'parts', (
        select pg_catalog.json_agg(case when d.typtype = 'c' then 'record' else d.typname end)
        from part join pg_catalog.pg_type d on d.oid = part.oid where part.root = a.atttypid)) order by a.attnum), '[]')
    from pg_catalog.pg_attribute a
    join base on base.root = a.atttypid and base.inner_oid = 0
    join pg_catalog.pg_type t on t.oid = base.oid
    join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'keys', (
    select coalesce(pg_catalog.json_agg(candidate.names order by
      candidate.is_primary desc, pg_catalog.json_array_length(candidate.names), candidate.oid), '[]')
    from (
      select i.indexrelid as oid, i.indisprimary as is_primary,
        pg_catalog.json_agg(a.attname order by k.place) as names,
        pg_catalog.bool_and(a.attnotnull and (ia.amname <> 'btree' or {SAME_EQUALITY})) as is_full
      from pg_catalog.pg_index i
      join pg_catalog.pg_class ic on ic.oid = i.indexrelid
      join pg_catalog.pg_am ia on ia.oid = ic.relam
      cross join lateral pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality k(number, place)
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
      join base on base.root = a.atttypid and base.inner_oid = 0
      join pg_catalog.pg_type t on t.oid = base.oid
      where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
        and i.indexprs is null and k.place <= i.indnkeyatts
      group by 1, 2) as candidate
    where candidate.is_full),
  'announced', pg_catalog.json_build_object(
    'events', (select coalesce(pg_catalog.json_agg(distinct ours.event), '[]')
      from ours where ours.tgrelid = c.oid and ours.event is not null),
    'functions', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
        'source', p.prosrc, 'settings', coalesce(p.proconfig, '{{}}'),
        'plain', l.lanname = 'plpgsql' and not p.prosecdef and p.provolatile = 'v') order by p.oid), '[]')
      from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
      where p.oid in (select ours.tgfoid from ours)),
    'below', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(few.schema, few.name)), '[]')
      from (select * from below order by below.schema, below.name limit 10) as few),
    'silent', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(few.schema, few.name)), '[]')
      from (select * from below where below.kind in ('r', 'p') and below.events < 4
        order by below.schema, below.name limit 10) as few),
    'foreign', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(few.schema, few.name)), '[]')
      from (select * from below where below.kind not in ('r', 'p') order by below.schema, below.name limit 10) as few),
    'beneath', {BENEATH},
    'subscribed', exists (select from pg_catalog.pg_subscription_rel s join member on member.oid = s.srrelid),
    'stamp', (select pg_catalog.md5(pg_catalog.string_agg(seen.text, ' ' order by seen.text)) from (
      select 'trigger ' || ours.oid || ' ' || ours.xmin from ours union all
      select 'function ' || p.oid || ' ' || p.xmin from pg_catalog.pg_proc p where p.oid in (select ours.tgfoid from ours) union all
      select 'column ' || a.attnum || ' ' || a.xmin from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 union all
      select 'label ' || e.oid || ' ' || e.xmin from part
        cross join lateral (select l.xmin, l.oid from pg_catalog.pg_enum l where l.enumtypid = part.oid offset 0) as e union all
      select 'attribute ' || a.attrelid || ' ' || a.attnum || ' ' || a.xmin from part
        cross join lateral (select * from pg_catalog.pg_type t where t.oid = part.oid offset 0) as d
        join pg_catalog.pg_attribute a on a.attrelid = d.typrelid and a.attnum > 0 where d.typtype = 'c' union all
      select 'below ' || below.oid from below) as seen(text))))::pg_catalog.text
from target c
"""  # noqa: S608  (made of constants)
"""Takes what `catalog.names_of` returns; returns one JSON text, or no row."""
