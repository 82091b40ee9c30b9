"""Roles that may log in, for whoever connects to the backend's Postgres without Supabase's servers in between."""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql


def login_dsn(dsn: str, role: str, *, member_of: str | None = None) -> str:
    """Make a role that may log in, or give it a new password, and return its connection string (any thread).

    Args:
        dsn: Connection string of a superuser, such as `backend.dsn`.
        role: The role's name.
        member_of: A role whose rights it gets, such as `authenticated`.

    Raises:
        psycopg.Error: The database refused.
    """
    # A new one each time: nobody has to keep it, and an old string stops working.
    password = secrets.token_hex(16)
    with psycopg.connect(dsn, autocommit=True) as connection:
        known = connection.execute("select from pg_roles where rolname = %s", (role,)).fetchone()
        verb = sql.SQL("create role" if known is None else "alter role")
        connection.execute(
            sql.SQL("{} {} login password {}").format(
                verb, sql.Identifier(role), sql.Literal(password)
            )
        )
        if member_of is not None:
            connection.execute(
                sql.SQL("grant {} to {}").format(sql.Identifier(member_of), sql.Identifier(role))
            )
    # Only the address is kept, so the superuser's password cannot slip through.
    host = urlsplit(dsn).netloc.rpartition("@")[2]
    return f"postgresql://{quote(role, safe='')}:{password}@{host}{urlsplit(dsn).path}"
