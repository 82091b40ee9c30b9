"""What makes a Postgres look like a Supabase project. Running it again changes nothing."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from rtwidget.local.backend_error import LocalBackendError

PUBLICATION = "supabase_realtime"
CONNECT_TIMEOUT_S = 10
# `publish_generated_columns` exists since PostgreSQL 18.
_STORED_GENERATED_COLUMNS_VERSION = 180000
# The bytes of "rtwi"; any number does that nobody else uses.
_LOCK_KEY = 0x72747769

# `authenticator` is whom PostgREST logs in as; it may only become one of the three others.
_ROLES = """
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator nologin noinherit;
  end if;
end $$;
grant anon, authenticated, service_role to authenticator;
"""

# What is made later in `public` is granted too, as on Supabase: policies protect rows, not grants.
_GRANTS = """
grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public
  grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public
  grant all on functions to anon, authenticated, service_role;
"""

# With the names and results of Supabase's, because users' policies call them.
_AUTH = """
create schema if not exists auth;
grant usage on schema auth to anon, authenticated, service_role;
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
$$;
grant execute on all functions in schema auth to anon, authenticated, service_role;
"""

# Policies on this table decide who may join a private channel. The real one is cut by day.
_REALTIME = """
create schema if not exists realtime;
grant usage on schema realtime to anon, authenticated, service_role;
create table if not exists realtime.messages (
  id uuid not null default gen_random_uuid(), topic text not null, extension text not null,
  payload jsonb, event text, private boolean default false,
  updated_at timestamp not null default now(), inserted_at timestamp not null default now(),
  primary key (id, inserted_at)
);
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;
"""


def set_up(dsn: str) -> None:
    """Make roles, grants, what `auth` and `realtime` hold and the empty publication where they are missing.

    Args:
        dsn: Connection string of a superuser.

    Raises:
        LocalBackendError: The server cannot be reached, lacks `wal_level=logical`, or the role is
            no superuser.
    """
    try:
        connection = psycopg.connect(dsn, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S)
    except psycopg.OperationalError as problem:
        raise LocalBackendError(
            f"Postgres cannot be reached: {problem}",
            "Check host, port, user and password in `dsn`.",
        ) from None
    with connection:
        _check(connection)
        # Two backends may attach to one server at the same time.
        connection.execute("select pg_advisory_lock(%s)", (_LOCK_KEY,))
        for part in (_ROLES, _GRANTS, _AUTH, _REALTIME):
            connection.execute(part)
        _publish(connection)


def _check(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "select current_setting('wal_level'), rolsuper, current_user "
        "from pg_roles where rolname = current_user"
    ).fetchone()
    level, is_superuser, user = row or ("", False, "")
    if level != "logical":
        raise LocalBackendError(
            f"This Postgres has wal_level={level}, so changes cannot be read from it.",
            "Run `ALTER SYSTEM SET wal_level = 'logical';` and restart Postgres.",
        )
    if not is_superuser:
        raise LocalBackendError(
            f"The role {user} is no superuser, so it can neither read the log nor act as "
            "other roles.",
            f"Run `ALTER ROLE {user} SUPERUSER;` or connect as a superuser.",
        )


def _publish(connection: psycopg.Connection[Any]) -> None:
    known = connection.execute(
        "select 1 from pg_publication where pubname = %s", (PUBLICATION,)
    ).fetchone()
    if known:
        return
    # The real server sees stored generated columns; pgoutput hides them unless asked.
    options = (
        " with (publish_generated_columns = stored)"
        if connection.info.server_version >= _STORED_GENERATED_COLUMNS_VERSION
        else ""
    )
    connection.execute(
        sql.SQL("create publication {}").format(sql.Identifier(PUBLICATION)) + sql.SQL(options)
    )
