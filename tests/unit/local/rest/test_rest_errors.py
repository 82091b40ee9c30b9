"""Status and words of PostgREST's errors."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.local.postgres.database import DatabaseUnreachableError
from rtwidget.local.rest.rest_errors import from_database, requested_error, retry_after_s


@pytest.mark.parametrize(
    ("away_s", "wait_s"),
    [(0, 1), (0.9, 1), (1, 2), (2.9, 2), (3, 4), (7, 8), (31, 32), (500, 32)],
)
def test_the_pause_between_tries_doubles(away_s: float, wait_s: float) -> None:
    assert retry_after_s(away_s, 32) == wait_s
    assert retry_after_s(away_s, 2) == min(wait_s, 2)


@pytest.mark.parametrize(
    ("problem", "role", "status", "code"),
    [
        (psycopg.errors.InsufficientPrivilege(), "anon", 401, "42501"),
        (psycopg.errors.InsufficientPrivilege(), "authenticated", 403, "42501"),
        (psycopg.errors.UndefinedTable(), "anon", 404, "42P01"),
        (psycopg.errors.UniqueViolation(), "anon", 409, "23505"),
        (psycopg.errors.QueryCanceled(), "anon", 500, "57014"),
        (psycopg.errors.AdminShutdown(), "anon", 503, "57P01"),
        (psycopg.errors.InvalidTextRepresentation(), "anon", 400, "22P02"),
        (psycopg.errors.CardinalityViolation("more than one row"), "anon", 500, "21000"),
        (
            psycopg.errors.CardinalityViolation("UPDATE requires a WHERE clause"),
            "anon",
            400,
            "21000",
        ),
        (DatabaseUnreachableError("no route"), "anon", 503, "PGRST000"),
        (psycopg.OperationalError("it broke"), "anon", 503, "PGRST001"),
        (psycopg.DataError("a NUL"), "anon", 400, "22021"),
    ],
)
def test_a_database_error_gets_the_status_that_postgrest_gives_it(
    problem: psycopg.Error, role: str, status: int, code: str
) -> None:
    error = from_database(problem, role)
    assert (error.status, error.body["code"]) == (status, code)


def test_an_error_on_request_has_the_usual_code_or_the_one_that_is_asked_for() -> None:
    assert requested_error(401).body["code"] == "PGRST303"
    assert requested_error(418).body["code"] == "XX000"
    error = requested_error(500, 2.0, "53200")
    assert (error.body["code"], error.retry_after_s) == ("53200", 2.0)
