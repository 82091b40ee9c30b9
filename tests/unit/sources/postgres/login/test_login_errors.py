"""What it means when no connection can be made, by the words of servers and of libpq."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.errors import (
    AuthenticationError,
    ErrorKind,
    SourceError,
    UnreachableError,
)
from rtwidget.sources.postgres.login.login_errors import login_error


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
