"""What servers, poolers and managed hosts say when they let nobody in, and what mends it. Pure.

The words are those of PostgreSQL (postmaster, auth.c, hba.c), libpq, Supavisor (`lib/supavisor/errors`), PgBouncer
(`disconnect_client`), Neon's proxy (`UserFacingError`), and of the guides of RDS Proxy, Azure, Cloud SQL and CockroachDB.
A refusal that is not here is tried again, with what was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rtwidget.sources.postgres.login.client_refusals import REFUSED_HERE
from rtwidget.sources.postgres.login.host_refusals import REFUSED_BY_HOSTS
from rtwidget.sources.postgres.login.login_kinds import AGAIN, FULL, Mends, Refusal

_LOGIN = "Check user and password in `source=`, or `PGUSER`, `PGPASSWORD` and `~/.pgpass`."
_POOLER_FULL = "Close notebooks that you do not need, or raise the pooler's limit (`pool_size`, `max_client_conn`)."
_UNPROVEN = (
    "Name the file with the certificate of its authority, as in `?sslmode=verify-full&sslrootcert=authority.crt` at the end of "
    "`source=` (a Supabase project's is in its database settings), or pass `insecure=True` where the network is your own."
)
_OPTIONS = "Check the database, and `options=` in `source=`: poolers take few settings there."
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
    *REFUSED_BY_HOSTS,
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
    # By words, because libpq passes on no SQLSTATE of a refused login, and poolers have none.
    known = (*REFUSED_HERE, *_REFUSALS)
    return next((one for one in known if re.search(one.words, said, re.IGNORECASE)), None)
