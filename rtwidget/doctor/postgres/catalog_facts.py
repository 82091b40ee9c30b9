"""What the system catalog knows of a table and of one role's view of it, in one statement that any role may run. Pure."""

from __future__ import annotations

import msgspec

from rtwidget.sources.postgres.catalog.catalog_sql import BENEATH

FACTS = f"""
select pg_catalog.json_build_object(
  'kind', c.relkind, 'owner', pg_catalog.pg_get_userbyid(c.relowner), 'partition', c.relispartition,
  'role', (select pg_catalog.json_build_object(
    'name', r.rolname, 'superuser', r.rolsuper, 'bypasses', r.rolbypassrls,
    'owns', pg_catalog.pg_has_role(r.oid, c.relowner, 'usage'),
    'enters', pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage'),
    'hidden', (select coalesce(pg_catalog.json_agg(a.attname order by a.attnum), '[]')
      from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and not pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'select')),
    'policies', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', p.polname, 'permissive', p.polpermissive,
        'condition', coalesce(pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'true'),
        'tables', (select coalesce(pg_catalog.json_agg(distinct o.relname), '[]') from pg_catalog.pg_depend d
          join pg_catalog.pg_class o on o.oid = d.refobjid and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid and o.oid <> p.polrelid),
        'calls', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', f.proname,
            'text', pg_catalog.left(pg_catalog.pg_get_functiondef(f.oid), 20000)) order by f.proname), '[]')
          from pg_catalog.pg_depend d join pg_catalog.pg_proc f on f.oid = d.refobjid and f.prokind = 'f'
          where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
            and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass)) order by p.polname), '[]')
      from pg_catalog.pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*')
        and exists (select from pg_catalog.unnest(p.polroles) as grantee(oid)
          where grantee.oid = 0 or pg_catalog.pg_has_role(r.oid, grantee.oid, 'usage'))))
    from pg_catalog.pg_roles r where r.rolname = coalesce(nullif($3::pg_catalog.text, ''), current_user)),
  'columns', (select coalesce(pg_catalog.json_agg(a.attname order by a.attnum), '[]') from pg_catalog.pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'key', (select coalesce(pg_catalog.json_agg(a.attname), '[]') from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where i.indrelid = c.oid and i.indisprimary),
  'row_security', c.relrowsecurity, 'forced', c.relforcerowsecurity,
  'invoker', coalesce(c.reloptions && '{{security_invoker=true,security_invoker=on,security_invoker=1}}', false),
  'identity', c.relreplident,
  'identity_columns', (select coalesce(pg_catalog.json_agg(a.attname), '[]') from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where i.indrelid = c.oid and i.indisreplident),
  'publications', (select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', p.pubname,
      'insert', p.pubinsert, 'update', p.pubupdate, 'delete', p.pubdelete) order by p.pubname), '[]')
    from pg_catalog.pg_publication_tables t join pg_catalog.pg_publication p on p.pubname = t.pubname
    where t.schemaname = n.nspname and t.tablename = c.relname),
  'beneath', {BENEATH},
  'wal_level', pg_catalog.current_setting('wal_level'), 'standby', pg_catalog.pg_is_in_recovery(),
  'version', pg_catalog.current_setting('server_version'), 'rows', c.reltuples,
  'tls', (select s.ssl from pg_catalog.pg_stat_ssl s where s.pid = pg_catalog.pg_backend_pid()),
  'now', extract(epoch from pg_catalog.clock_timestamp())
)::pg_catalog.text
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')
"""  # noqa: S608  (made of constants)
"""Takes schema, table and a role, empty for the one that connects; returns one JSON text, or no row."""


class Call(msgspec.Struct, frozen=True):
    """A function that is no part of PostgreSQL itself, and its definition as SQL, cut where it is very long."""

    name: str
    text: str


class Policy(msgspec.Struct, frozen=True):
    """A policy that decides which rows a role reads.

    Args:
        name: Its name.
        permissive: Whether it shows rows; else it only hides some of those.
        condition: Its expression, as SQL.
        tables: The other tables and views that it names itself.
        calls: The functions that it calls itself.
    """

    name: str
    permissive: bool
    condition: str
    tables: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()


class Role(msgspec.Struct, frozen=True):
    """What a role may do with the table.

    Args:
        name: Its name.
        superuser: Whether nothing binds it.
        bypasses: Whether it has BYPASSRLS.
        owns: Whether it is the table's owner, or has that role's rights.
        enters: Whether it may use the schema.
        hidden: The columns that it may not read.
        policies: The policies that apply to its reads.
    """

    name: str
    superuser: bool
    bypasses: bool
    owns: bool
    enters: bool
    hidden: tuple[str, ...]
    policies: tuple[Policy, ...]


class Publication(msgspec.Struct, frozen=True):
    """A publication that the table is in, and what it tells."""

    name: str
    insert: bool
    update: bool
    delete: bool


class Facts(msgspec.Struct, frozen=True):
    """A table as the catalog describes it.

    Args:
        kind: `r` for a table, `p` for a partitioned one, `v`, `m` and `f` for views and foreign tables.
        owner: Its owner.
        partition: Whether it is a part of another.
        role: The role that was asked about; None when there is none of that name.
        columns: Its columns.
        key: The columns of its primary key.
        row_security: Whether policies decide who sees a row.
        forced: Whether also for the owner.
        invoker: Whether a view reads as whoever asks it.
        identity: The replica identity: `d` the primary key, `f` the whole row, `i` an index, `n` nothing.
        identity_columns: The columns of that index.
        publications: The publications that it is in.
        wal_level: What the server logs.
        standby: Whether it is a standby, which only reads.
        version: The server's version.
        rows: About how many rows it has; -1 when nobody counted yet.
        tls: Whether the connection is encrypted; None when that is not told.
        now: The server's time, in Unix seconds.
        beneath: The first few tables whose rows it shows, if it is a view.
    """

    kind: str
    owner: str
    partition: bool
    role: Role | None
    columns: tuple[str, ...]
    key: tuple[str, ...]
    row_security: bool
    forced: bool
    invoker: bool
    identity: str
    identity_columns: tuple[str, ...]
    publications: tuple[Publication, ...]
    wal_level: str
    standby: bool
    version: str
    rows: float
    tls: bool | None
    now: float
    beneath: tuple[tuple[str, str], ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether policies decide what the role sees."""
        role = self.role
        # PostgreSQL's own order (`check_enable_rls`): superusers and BYPASSRLS are never bound, owners only by force.
        if role is None or not self.row_security or role.superuser or role.bypasses:
            return False
        return self.forced or not role.owns


def read_facts(answer: bytes | None) -> Facts | None:
    """Return what `FACTS` answered, or None when there is no such table (any thread)."""
    return None if answer is None else msgspec.json.decode(answer, type=Facts)
