"""What servers, poolers and managed hosts say at the door: the remedy, and whether time is one."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.errors import ErrorKind, SourceError, UnreachableError
from rtwidget.sources.postgres.errors import statement_error
from rtwidget.sources.postgres.login.login_errors import login_error

HOST = "db.example:5432"
SERVER = 'connection failed: connection to server at "10.0.0.1", port 5432 failed: '

FOR_THE_USER = {
    # Supavisor
    "Tenant or user not found": "postgres.<project ref>",
    "(ENOTFOUND) tenant/user postgres.abcdef not found": "postgres.<project ref>",
    "(ENOIDENTIFIER) no tenant identifier provided (external_id or sni_hostname required)": "<project ref>",
    '(EINVALIDUSERINFO) Authentication error, reason: "Invalid format for user or db_name"': "user",
    "(EAUTHQUERY) user not found in the database": "user and database",
    "(EAUTHQUERY) unsupported or invalid secret format": "user",
    "(EADDRNOTALLOWED) address not in tenant allow_list: {10, 0, 0, 7}": "network settings",
    "(ESSLREQUIRED) SSL connection is required for user: web": "sslmode=verify-full",
    "(EBANNED) tenant is banned: abuse": "provider",
    "(ESTARTUPPACKETTOOLARGE) Startup packet too large: 20000 bytes (max 10000 bytes)": "options=",
    # PgBouncer
    "no such database: shop": "database",
    'database "shop" is disabled': "database",
    "no such user": "user",
    "bouncer config error": "user and database",
    "unsupported startup parameter in options: geqo": "options=",
    "unsupported startup parameter: search_path": "options=",
    "SSL required": "sslmode=verify-full",
    "login rejected": "user and password",
    "SASL authentication failed": "password",
    '"trust" authentication failed': "password",
    "server login has been failing, cached error: password authentication failed for user (server_login_retry)": "password",
    "not allowed": "console",
    # Neon
    "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq)": "options=endpoint%3D",
    "Inconsistent project name inferred from SNI ('a') and project option ('b').": "endpoint",
    "Control plane request failed: endpoint cannot be found": "host",
    "The requested endpoint could not be found, or you don't have access to it.": "host",
    "The endpoint has been disabled. Enable it using Neon API and retry.": "console",
    "Your project has exceeded the data transfer quota. Upgrade your plan.": "quota",
    "connection is insecure (try using `sslmode=require`)": "sslmode=verify-full",
    "This IP address 10.0.0.7 is not allowed to connect to this endpoint.": "network settings",
    "password authentication failed for user 'web'": "password",
    # RDS, Aurora and their proxy, Azure, Cloud SQL, CockroachDB, pgcat
    'no pg_hba.conf entry for host "10.0.0.7", user "web", database "shop", no encryption': "sslmode=verify-full",
    'no pg_hba.conf entry for host "10.0.0.7", user "web", database "shop", SSL off': "sslmode=verify-full",
    'no pg_hba.conf entry for host "10.0.0.7", user "web", database "shop", SSL encryption': "firewall",
    'pg_hba.conf rejects connection for host "10.0.0.7", user "web", database "shop"': "firewall",
    'PAM authentication failed for user "web"': "15 minutes",
    "The IAM authentication failed for the role web. Check the IAM token for this role and try again.": "15 minutes",
    "This RDS proxy has no credentials for the role web. Check the credentials for this role and try again.": "user",
    "This RDS Proxy requires TLS connections": "sslmode=verify-full",
    "Feature not supported: RDS Proxy currently doesn't support command-line options.": "options=",
    "SSL connection is required. Please specify SSL options and retry.": "sslmode=verify-full",
    "Invalid Username specified. Please check the Username and retry connection.": "%40",
    'Cloud SQL IAM user authentication failed for user "web"': "15 minutes",
    "codeParamsRoutingFailed: missing cluster identifier": "--cluster%3D",
    "node is running secure mode, SSL connection required": "sslmode=verify-full",
    'No pool configured for database: "shop", user: "web"': "database",
    # PostgreSQL
    'role "web" does not exist': "user",
    'role "web" is not permitted to log in': "user",
    'database "shop" does not exist': "source=",
    'database "shop" is not currently accepting connections': "source=",
    'Peer authentication failed for user "web"': "host",
    "connection requires a valid client certificate": "sslcert=",
    'unrecognized configuration parameter "app"': "options=",
    "no PostgreSQL user name specified in startup packet": "user",
}
FOR_ROOM = (
    "(EMAXCONNSESSION) max clients reached in session mode - max clients are limited to pool_size: 15",
    "MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size",
    "(EMAXCONN) max client connections reached, limit: 200",
    "Max client connections reached",
    "(ECHECKOUTTIMEOUT) unable to check out connection from the pool after 60000ms in Session mode",
    "Unable to check out process from the pool due to timeout",
    "no more connections allowed (max_client_conn)",
    "client connections exceeded (max_user_client_connections)",
    "query_wait_timeout",
    "Too many connections to this endpoint. Please try again later.",
    'too many connections for role "web"',
    'too many connections for database "shop"',
    "sorry, too many clients already",
    "remaining connection slots are reserved for roles with the SUPERUSER attribute",
    "Timed-out waiting to acquire database connection",
)
FOR_TIME = (
    "the database system is starting up",
    "the database system is not yet accepting connections",
    "the database system is in recovery mode",
    "pooler is shutting down",
    "client_login_timeout (server down)",
    "server login has been failing, cached error: connect failed (server_login_retry)",
    "(ECIRCUITBREAKER) too many authentication failures, new connections are temporarily blocked",
    "(EAUTHQUERY) authentication query failed: connection to database not available",
    "Control plane request failed: endpoint is temporarily unavailable. Check your quotas",
    "Couldn't connect to compute node",
    "something that nobody has ever said before",
)


def said(words: str, severity: str = "FATAL") -> SourceError:
    return login_error(psycopg.OperationalError(f"{SERVER}{severity}:  {words}\n"), HOST)


@pytest.mark.parametrize(("words", "remedy"), FOR_THE_USER.items())
def test_what_no_time_mends_needs_the_user(words: str, remedy: str) -> None:
    error = said(words)
    assert error.kind is not ErrorKind.TRANSIENT
    assert remedy in error.hint
    assert "source=" in error.hint
    assert words.rstrip(".") in error.message


@pytest.mark.parametrize("words", FOR_ROOM)
def test_what_is_full_is_tried_again_and_says_so(words: str) -> None:
    error = said(words)
    assert error.kind is ErrorKind.TRANSIENT
    assert "Close notebooks" in error.hint


@pytest.mark.parametrize("words", FOR_TIME)
def test_what_time_mends_is_tried_again_with_what_was_said(words: str) -> None:
    error = said(words)
    assert error.kind is ErrorKind.TRANSIENT
    assert "tried again" in error.hint
    assert words.rstrip(".") in error.message


@pytest.mark.parametrize("severity", ["ERROR", "ВАЖНО", "致命的エラー"])
def test_whatever_a_server_calls_it_it_answered(severity: str) -> None:
    assert said("no such user", severity).kind is ErrorKind.NEEDS_USER
    assert "refused the connection" in said("kein Zutritt", severity).message


def test_of_several_addresses_the_one_that_answered_counts() -> None:
    nowhere = f"{SERVER}Network is unreachable\n\tIs the server running?"
    answer = f'{SERVER}FATAL:  permission denied for database "shop"\nDETAIL:  No CONNECT.'
    last = f"{answer}\nMultiple connection attempts failed. All failures were:\n"
    each = f"- host: 'h', port: None, hostaddr: '::1': {nowhere}\n- host: 'h', port: None, hostaddr: '10.0.0.1': {answer}"
    error = login_error(psycopg.OperationalError(last + each), HOST)
    assert error.kind is ErrorKind.NEEDS_USER
    assert error.message == (
        f'{HOST} refused the connection: permission denied for database "shop"; DETAIL: No CONNECT.'
    )


@pytest.mark.parametrize(
    "words",
    [
        "failed to resolve host 'db.abcdefgh.supabase.co': [Errno -5] No address associated with hostname",
        f"{SERVER}Network is unreachable\n\tIs the server running on that host?",
        "connection timeout expired",
    ],
)
def test_a_direct_address_of_supabase_has_no_ipv4(words: str) -> None:
    error = login_error(psycopg.OperationalError(words), "db.abcdefgh.supabase.co:5432")
    assert isinstance(error, UnreachableError)
    assert "IPv6" in error.hint
    assert "postgres.abcdefgh@" in error.hint
    assert "pooler.supabase.com:5432" in error.hint
    assert "IPv6" not in login_error(psycopg.OperationalError(words), HOST).hint
    assert "\t" not in error.message


def test_what_speaks_another_protocol_is_no_server() -> None:
    said_by_http = f"{SERVER}received invalid response to SSL negotiation: H"
    error = login_error(psycopg.OperationalError(said_by_http), HOST)
    assert error.kind is ErrorKind.NEEDS_USER
    assert "no PostgreSQL server" in error.hint


@pytest.mark.parametrize("code", ["08P01", "XX000", "58000"])
def test_a_pooler_that_refuses_after_the_login_is_understood_too(code: str) -> None:
    class Said(psycopg.Error):
        sqlstate = code

    error = statement_error(Said("query_wait_timeout"), "t", "web", "")
    assert "Close notebooks" in error.hint
    unknown = statement_error(Said("something else"), "t", "web", "")
    assert (error.code, unknown.kind) == (code, ErrorKind.TRANSIENT)
