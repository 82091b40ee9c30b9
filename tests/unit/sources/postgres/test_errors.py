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
from rtwidget.sources.postgres.errors import statement_error


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
