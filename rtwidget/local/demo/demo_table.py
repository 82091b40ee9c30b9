"""The demo's table `agent_proposals`: made, published and filled where that has not been done."""

from __future__ import annotations

from random import Random

import psycopg

from rtwidget.local.demo.demo_rows import make_proposal
from rtwidget.local.postgres.supabase_setup import PUBLICATION

TABLE = "agent_proposals"
SEED_ROWS = 400

_CREATE = """
create table if not exists public.agent_proposals (
  id bigint generated always as identity primary key,
  agent text not null,
  title text not null,
  status text not null default 'pending',
  score double precision,
  amount numeric(12,2),
  payload jsonb,
  tags text[] not null default '{}',
  is_urgent boolean not null default false,
  due date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create or replace function public.agent_proposals_touch() returns trigger language plpgsql as
$$ begin new.updated_at := now(); return new; end $$;
create or replace trigger touch before update on public.agent_proposals
  for each row execute function public.agent_proposals_touch();
grant select on public.agent_proposals to anon, authenticated, service_role;
"""
INSERT_PROPOSAL = """
insert into public.agent_proposals
  (agent, title, status, score, amount, payload, tags, is_urgent, due)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s) returning id
"""
"""Takes the values of a `Proposal`."""


def create_demo(dsn: str, seed: int = 7, rows: int = SEED_ROWS) -> None:
    """Make, publish and fill the table where that has not been done.

    Args:
        dsn: Connection string of a superuser.
        seed: Of the rows' content.
        rows: How many to make if the table is empty.

    Raises:
        psycopg.Error: The database refused.
    """
    random = Random(seed)  # noqa: S311  (sample data)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(_CREATE)
        # Adding a table twice is an error, and there is no `if not exists` for it.
        published = connection.execute(
            "select from pg_publication_tables where pubname = %s and tablename = %s",
            (PUBLICATION, TABLE),
        ).fetchone()
        if published is None:
            connection.execute("alter publication supabase_realtime add table agent_proposals")
        # A table that somebody has already filled stays as it is.
        if connection.execute("select from public.agent_proposals limit 1").fetchone() is None:
            with connection.transaction(), connection.cursor() as cursor:
                for _ in range(rows):
                    cursor.execute(INSERT_PROPOSAL, make_proposal(random).values())
