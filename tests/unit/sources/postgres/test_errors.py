"""What Postgres's refusals mean, by SQLSTATE, and by words where there is none."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    DatabaseUnavailableError,
    ErrorKind,
    NotificationsUnavailableError,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.postgres.announcing.setup_errors import setup_error
from rtwidget.sources.postgres.errors import statement_error
from rtwidget.sources.postgres.login.login_errors import login_error


def refused(code: str | None) -> psycopg.Error:
    kind = psycopg.OperationalError if code is None else psycopg.errors.lookup(code)
    error = kind("the server's words")
    assert error.sqlstate == code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "ends_by"),
    [
        ("42501", PermissionDeniedError, ErrorKind.NEEDS_USER),
        ("42P01", TableNotFoundError, ErrorKind.NEEDS_USER),
        ("3F000", TableNotFoundError, ErrorKind.NEEDS_USER),
        ("42703", ColumnNotFoundError, ErrorKind.NEEDS_USER),
        ("57014", ReadTooLargeError, ErrorKind.TRANSIENT),
        ("54000", ReadTooLargeError, ErrorKind.TRANSIENT),
        ("53200", ReadTooLargeError, ErrorKind.TRANSIENT),
        ("25006", NotificationsUnavailableError, ErrorKind.NEEDS_USER),
        ("28P01", AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ("28000", AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ("3D000", SourceError, ErrorKind.NEEDS_USER),
        ("53300", SourceError, ErrorKind.TRANSIENT),
        ("57P01", DatabaseUnavailableError, ErrorKind.TRANSIENT),
        ("57P03", DatabaseUnavailableError, ErrorKind.TRANSIENT),
        ("08006", DatabaseUnavailableError, ErrorKind.TRANSIENT),
        ("22P02", SourceError, ErrorKind.NEEDS_USER),
        ("42883", SourceError, ErrorKind.NEEDS_USER),
        ("40001", SourceError, ErrorKind.TRANSIENT),
        ("40P01", SourceError, ErrorKind.TRANSIENT),
        ("XX000", SourceError, ErrorKind.TRANSIENT),
        (None, UnreachableError, ErrorKind.TRANSIENT),
    ],
)
def test_statements(code: str | None, kind: type[SourceError], ends_by: ErrorKind) -> None:
    error = statement_error(refused(code), '"public"."t"', "web", "grant it;")
    assert type(error) is kind
    assert (error.kind, error.code) == (ends_by, code)
    assert error.hint
    if code == "42501":
        assert "`grant it;`" in error.hint
        assert "web" in error.message


@pytest.mark.parametrize(
    ("words", "kind", "ends_by"),
    [
        ('password authentication failed for user "x"', AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ("fe_sendauth: no password supplied", AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ('role "x" does not exist', AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ('role "x" is not permitted to log in', AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ('no pg_hba.conf entry for host "10.0.0.1"', AuthenticationError, ErrorKind.NEEDS_TOKEN),
        ('database "x" does not exist', SourceError, ErrorKind.NEEDS_USER),
        ("server does not support SSL, but SSL was required", SourceError, ErrorKind.NEEDS_USER),
        ("SSL error: certificate verify failed", SourceError, ErrorKind.NEEDS_USER),
        ("sorry, too many clients already", SourceError, ErrorKind.TRANSIENT),
        ("remaining connection slots are reserved", SourceError, ErrorKind.TRANSIENT),
        ("the database system is starting up", UnreachableError, ErrorKind.TRANSIENT),
        ('permission denied to set role "x"', SourceError, ErrorKind.NEEDS_USER),
        ('permission denied for database "x"', SourceError, ErrorKind.NEEDS_USER),
        ('invalid value for parameter "role": "x"', SourceError, ErrorKind.NEEDS_USER),
        ("Passwort-Authentifizierung fehlgeschlagen", SourceError, ErrorKind.TRANSIENT),
    ],
)
def test_logins(words: str, kind: type[SourceError], ends_by: ErrorKind) -> None:
    said = f'connection failed: connection to server at "10.0.0.1", port 5432 failed: FATAL:  {words}\n'
    error = login_error(psycopg.OperationalError(said), "db.example:5432")
    assert (type(error), error.kind) == (kind, ends_by)
    assert "db.example:5432" in error.message
    assert error.hint


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("server does not support SSL, but SSL was required", "a server with TLS"),
        ("SSL error: certificate verify failed", "sslmode=verify-full&sslrootcert="),
        ('root certificate file "root.crt" does not exist', "sslmode=verify-full&sslrootcert="),
        ('certificate for "x" does not match host name "db.example"', "hostaddr="),
    ],
)
def test_a_server_that_cannot_prove_who_it_is(words: str, hint: str) -> None:
    said = f'connection to server at "10.0.0.1", port 5432 failed: {words}\n'
    assert hint in login_error(psycopg.OperationalError(said), "db.example:5432").hint


def test_no_answer_is_no_refusal() -> None:
    error = login_error(psycopg.OperationalError("connection failed: Connection refused"), "h:1")
    assert (type(error), error.kind) == (UnreachableError, ErrorKind.TRANSIENT)


def test_setup() -> None:
    assert isinstance(setup_error(refused("42501"), "t"), PermissionDeniedError)
    assert "in use" in setup_error(refused("55P03"), "t").message
    assert setup_error(refused("42704"), "t").kind is ErrorKind.NEEDS_USER


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ('invalid sslmode value: "bogus"', "`source=`"),
        ('invalid integer value "x" for connection option "keepalives"', "`PG...`"),
        ("bad value for connect_timeout: 'x'", "`PG...`"),
        ('definition of service "nope" not found', "service file"),
        ('weak sslmode "prefer" may not be used with sslnegotiation=direct', "`source=`"),
        ("GSSAPI encryption required but no credential cache", "`PG...`"),
        ("channel binding required but not supported by server's authentication request", "channel_binding=require"),
        ("channel binding is required, but server did not offer an authentication method that supports channel binding", "channel_binding=require"),
        ('authentication method requirement "scram-sha-256" failed: server requested a cleartext password', "require_auth="),
    ],
)  # fmt: skip
def test_what_libpq_refuses_by_itself_is_no_servers_fault_and_no_time_mends_it(
    words: str, remedy: str
) -> None:
    said = f'connection to server at "10.0.0.1", port 5432 failed: {words}\n'
    for text in (words, said):
        error = login_error(psycopg.OperationalError(text), "h:1")
        assert (type(error), error.kind) == (SourceError, ErrorKind.NEEDS_USER)
        assert remedy in error.hint
        assert "password" not in error.hint
        assert "cannot be made" in error.message
