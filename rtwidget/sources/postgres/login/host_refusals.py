"""What poolers and managed hosts want of a login beyond what PostgreSQL itself asks for. Pure.

The words are those of Supavisor (`lib/supavisor/errors`), PgBouncer (`disconnect_client`), Neon's proxy (`UserFacingError`),
and of the guides of RDS Proxy, Azure, Cloud SQL and CockroachDB.
"""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.sources.postgres.login.login_kinds import Mends, Refusal

_POOLER_USER = (
    "Check user and host in `source=`: at a pooler of Supabase the user is `postgres.<project ref>` and the host has the project's "
    "region, as its dashboard says under Connect. A project that is paused is not found either; restore it there."
)
_NEON = (
    "Write the endpoint, the first part of the host's name, into `source=`, as in `?options=endpoint%3Dep-name-123456`, "
    "or use a psycopg whose libpq sends the host's name (`pip install -U 'psycopg[binary]'`)."
)
_TLS = "Write `sslmode=verify-full` in `source=`, and leave out `insecure=True`."
_ALLOWED = "Allow this machine's address in the project's network settings, or give another way in by `source=`."

REFUSED_BY_HOSTS: Sequence[Refusal] = (
    # Who is not known to a pooler.
    Refusal(
        r"tenant or user not found|tenant/user|no tenant identifier|invalid format for user|multiple users matched",
        Mends.USER,
        _POOLER_USER,
    ),
    Refusal(
        r"no such (user|database)|user not found in the database|no pool configured|route .*not found|database \S* ?is disabled"
        r"|bouncer config error|no auth_query configured|(unsupported|invalid|parse) .*secret|no authentication method|username too long"
        r"|no (postgresql )?user ?name|has no credentials for the role",
        Mends.USER,
        "Check user and database in `source=`: the pooler knows those that it was set up with, and no others.",
    ),
    Refusal(
        r"tenant is banned",
        Mends.USER,
        "Ask the project's provider; `source=` may name another project.",
    ),
    # What hosts want besides.
    Refusal(
        r"endpoint id is not specified|inconsistent project name|project name \(", Mends.USER, _NEON
    ),
    Refusal(
        r"endpoint (could not|cannot) be found|endpoint (has been|is) disabled",
        Mends.USER,
        "Check the host in `source=`, and that the project's compute is enabled in its console.",
    ),
    Refusal(
        r"cluster identifier|codeParamsRoutingFailed",
        Mends.USER,
        "Write the cluster's name into `source=`, as in `?options=--cluster%3Dname-1234`.",
    ),
    Refusal(
        r"exceeded the .*(quota|limit)|quota exceeded",
        Mends.USER,
        "Raise the project's quota at its provider, or give another database by `source=`.",
    ),
    Refusal(
        r"not in tenant allow_list|not allowed to connect|blocked network|vpc endpoint",
        Mends.USER,
        _ALLOWED,
    ),
    Refusal(
        r"ssl (connection is )?required|requires? (tls|ssl)|(tls|ssl) (connection )?required|tls required|connection is insecure|secure mode"
        r"|no pg_hba\.conf entry .*(no encryption|ssl off)",
        Mends.USER,
        _TLS,
    ),
)
"""They stand before what PostgreSQL says of passwords and roles, whose words some of them quote."""
