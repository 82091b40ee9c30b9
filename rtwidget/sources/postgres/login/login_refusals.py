"""What servers, poolers and managed hosts say when they let nobody in, and what mends it. Pure.

The words are those of PostgreSQL (postmaster, auth.c, hba.c), libpq, Supavisor (`lib/supavisor/errors`), PgBouncer
(`disconnect_client`), Neon's proxy (`UserFacingError`), and of the guides of RDS Proxy, Azure, Cloud SQL and CockroachDB.
A refusal that is not here is tried again, with what was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rtwidget.sources.postgres.login.client_refusals import REFUSED_HERE
from rtwidget.sources.postgres.login.login_kinds import AGAIN, FULL, Mends, Refusal

_LOGIN = "Check user and password in `source=`, or `PGUSER`, `PGPASSWORD` and `~/.pgpass`."
_POOLER_USER = (
    "Check user and host in `source=`: at a pooler of Supabase the user is `postgres.<project ref>` and the host has the project's "
    "region, as its dashboard says under Connect. A project that is paused is not found either; restore it there."
)
_POOLER_FULL = "Close notebooks that you do not need, or raise the pooler's limit (`pool_size`, `max_client_conn`)."
_NEON = (
    "Write the endpoint, the first part of the host's name, into `source=`, as in `?options=endpoint%3Dep-name-123456`, "
    "or use a psycopg whose libpq sends the host's name (`pip install -U 'psycopg[binary]'`)."
)
_TLS = "Write `sslmode=verify-full` in `source=`, and leave out `insecure=True`."
_ALLOWED = "Allow this machine's address in the project's network settings, or give another way in by `source=`."
_UNPROVEN = (
    "Name the file with the certificate of its authority, as in `?sslmode=verify-full&sslrootcert=authority.crt` at the end of "
    "`source=` (a Supabase project's is in its database settings), or pass `insecure=True` where the network is your own."
)
_OPTIONS = "Check the database, and `options=` in `source=`: poolers take few settings there."
_DATABASE = "Check user and database in `source=`."
_DOWN = "The pooler has no connection to its database: look at the database's status. " + AGAIN

# The first that fits counts, so that what passes stands before the words that it may quote.
_REFUSALS: Sequence[Refusal] = (
    # What time mends.
    Refusal(
        r"temporarily (blocked|disabled|unavailable)",
        Mends.TIME,
        f"Check user and password in `source=`, and the project's quotas. {AGAIN}",
    ),
    Refusal(
        r"the database system is|recovery mode|shutting down|not currently available",
        Mends.TIME,
        AGAIN,
    ),
    Refusal(
        r"client_login_timeout|cached error: connect failed|server login has been failing$|auth_query (connection failed|secret check timed out)"
        r"|authentication query failed|db ?handler exited|connection to database (closed|not available)|AllServersDown"
        r"|could ?n.t connect to compute node|failed to (subscribe to tenant|start proxy connection)|worker processes",
        Mends.TIME,
        _DOWN,
    ),
    # What fewer connections mend.
    Refusal(
        r"max[ _]?clients(InSessionMode)?|max[ _]client[ _]conn|max pools count|client connections exceeded"
        r"|unable to check ?out (a )?(connection|process) from the pool|query_wait_timeout|waiting to acquire database connection"
        r"|too many connections? (attempts|to this endpoint)|resources exhaustion",
        Mends.ROOM,
        _POOLER_FULL,
    ),
    Refusal(r"connection slots|too many (active )?(clients|connections)", Mends.ROOM, FULL),
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
    # Passwords, and other proofs of who somebody is.
    Refusal(
        r"(pam|iam)( user)? authentication failed|token .*expired|expired .*token|access token",
        Mends.LOGIN,
        "Give a fresh token as the password in `source=`; one of AWS lasts 15 minutes, and PostgreSQL asks for it at each connection.",
    ),
    Refusal(
        r"(peer|ident) authentication failed",
        Mends.LOGIN,
        "Name a host and a user with a password in `source=`, or a user like that of this machine.",
    ),
    Refusal(
        r"(certificate authentication failed|valid client certificate)",
        Mends.LOGIN,
        "Name your certificate and its key in `source=`: `?sslcert=client.crt&sslkey=client.key`.",
    ),
    Refusal(
        r"invalid username specified",
        Mends.USER,
        "Write the user in `source=` as `name%40server`, as this host wants it.",
    ),
    Refusal(
        r"authentication failed|auth failed|password .*(expired|empty|too long)|empty password|no password supplied|wrong password|invalid password"
        r"|role .*(does not exist|is not permitted)|login rejected|authentication method|scram|sasl",
        Mends.LOGIN,
        _LOGIN,
    ),
    Refusal(
        r"pg_hba\.conf",
        Mends.LOGIN,
        "Allow this role and address in `pg_hba.conf`, on a managed host in its firewall or security group, or give another way in by `source=`.",
    ),
    Refusal(
        r"database .*(does not exist|is not currently accepting)|invalid database",
        Mends.USER,
        "Check `source=`.",
    ),
    # What is between.
    Refusal(
        r"does not support SSL",
        Mends.USER,
        "Use a server with TLS, or pass `insecure=True` where the network is your own; then `sslmode=` in `source=` decides.",
    ),
    Refusal(
        r"does not match host name",
        Mends.PROOF,
        "Write the name that the certificate holds as the host in `source=`; `hostaddr=` beside it may say where that is.",
    ),
    Refusal(
        r"certificate|private key file",
        Mends.PROOF,
        _UNPROVEN,
    ),
    Refusal(
        r"session is (not )?read-only|in hot standby mode|standby",
        Mends.TIME,
        f"Name the primary in `source=`, or several hosts with `target_session_attrs=read-write`. {AGAIN}",
    ),
    Refusal(
        r"invalid response to SSL|expected authentication request|unsupported frontend protocol|V2 protocol",
        Mends.USER,
        "Check host and port in `source=`: what answers there is no PostgreSQL server.",
    ),
    Refusal(
        r"startup (parameter|packet|message)|unrecognized configuration|invalid value for|permission denied|command.line|cannot be changed",
        Mends.USER,
        _OPTIONS,
    ),
    Refusal(
        r"not allowed$",
        Mends.USER,
        "Name another database in `source=`: this one is the pooler's console.",
    ),
)


def refusal_of(said: str) -> Refusal | None:
    """Return what a server's words mean, or None for words that are not known (any thread).

    Args:
        said: Its words, in one line.
    """
    known = (*REFUSED_HERE, *_REFUSALS)
    return next((one for one in known if re.search(one.words, said, re.IGNORECASE)), None)
