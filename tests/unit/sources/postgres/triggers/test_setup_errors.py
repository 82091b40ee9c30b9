"""What refusals mean for whoever changes a table to make it announce its changes."""

from __future__ import annotations

import psycopg

from rtwidget.errors import (
    ErrorKind,
    PermissionDeniedError,
)
from rtwidget.sources.postgres.triggers.setup_errors import setup_error


def refused(code: str | None) -> psycopg.Error:
    kind = psycopg.OperationalError if code is None else psycopg.errors.lookup(code)
    error = kind("the server's words")
    assert error.sqlstate == code
    return error


def test_setup() -> None:
    assert isinstance(setup_error(refused("42501"), "t"), PermissionDeniedError)
    assert "in use" in setup_error(refused("55P03"), "t").message
    assert setup_error(refused("42704"), "t").kind is ErrorKind.NEEDS_USER


def test_a_database_that_is_read_only_is_told_to_who_enables() -> None:
    error = setup_error(
        psycopg.errors.ReadOnlySqlTransaction("cannot execute CREATE FUNCTION"), "t"
    )
    assert error.kind is ErrorKind.NEEDS_USER
    assert "`default_transaction_read_only`" in error.hint
