"""What refusals mean: every text and code that was recorded or read in the servers' sources."""

from __future__ import annotations

import json

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    DatabaseUnavailableError,
    ErrorKind,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.supabase.errors import missing_column, rest_error

T, TOKEN, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_TOKEN, ErrorKind.NEEDS_USER


TABLE = TableQuery("public", "t")


@pytest.mark.parametrize(
    ("status", "code", "expected", "kind"),
    [
        (401, "PGRST301", AuthenticationError, TOKEN),
        (401, "PGRST303", AuthenticationError, TOKEN),
        (401, None, AuthenticationError, TOKEN),
        (401, "42501", PermissionDeniedError, USER),
        (403, "42501", PermissionDeniedError, USER),
        (404, "PGRST205", TableNotFoundError, USER),
        (404, "42P01", TableNotFoundError, USER),
        (406, "PGRST106", TableNotFoundError, USER),
        (404, None, UnreachableError, T),
        (400, "42703", ColumnNotFoundError, USER),
        (400, "22P02", SourceError, T),
        (500, "57014", ReadTooLargeError, T),
        (500, "54000", ReadTooLargeError, T),
        (503, "53200", ReadTooLargeError, T),
        (503, "PGRST000", DatabaseUnavailableError, T),
        (503, "PGRST002", DatabaseUnavailableError, T),
        (500, "57P03", DatabaseUnavailableError, T),
        (500, "08006", DatabaseUnavailableError, T),
        (504, "PGRST003", UnreachableError, T),
        (429, None, SourceError, T),
        (418, "NEW99", SourceError, T),
    ],
)
def test_rest_refusals(
    status: int, code: str | None, expected: type[SourceError], kind: ErrorKind
) -> None:
    body = json.dumps({"code": code, "message": "the words", "details": None, "hint": None})
    error = rest_error(status, {"retry-after": "7"}, body.encode(), TABLE)
    assert type(error) is expected
    assert error.kind is kind
    assert error.retry_after_s == 7.0
    assert error.code == (code or str(status))
    assert error.hint


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'{"message": 5}', b"\xff"])
def test_a_gateways_page_is_told_by_its_status(body: bytes) -> None:
    error = rest_error(502, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, body, TABLE)
    assert "502" in error.message
    assert error.retry_after_s is None


@pytest.mark.parametrize(
    ("asked", "waits_s"),
    [("0", 0.0), ("59", 59.0), ("3600", 3600.0), ("3601", 3600.0), ("9" * 18, 3600.0)],
)
def test_a_server_may_ask_for_an_hour_of_patience_and_no_more(asked: str, waits_s: float) -> None:
    assert rest_error(503, {"retry-after": asked}, b"", TABLE).retry_after_s == waits_s


def test_an_unknown_refusal_is_shown_as_it_is() -> None:
    assert "odd words" in rest_error(418, {}, b'{"message":"odd words"}', TABLE).message


def test_the_missing_column_is_found_in_postgres_words() -> None:
    assert missing_column("column t.id does not exist") == "id"
    assert missing_column('column "id" does not exist') == "id"
    assert missing_column("something else") is None


def test_what_only_the_api_can_mean_keeps_its_words() -> None:
    blocked = rest_error(403, {}, b'{"error":{"code":"x","message":"IP not allowed"}}', TABLE)
    assert "IP not allowed" in blocked.message
    busy = rest_error(429, {"retry-after": "2"}, b'{"code":429,"message":"Slow down"}', TABLE)
    assert (busy.retry_after_s, "Slow down" in busy.message) == (2.0, True)
    legacy = rest_error(401, {}, b'{"message":"Legacy keys are off","hint":"Use others"}', TABLE)
    assert ("Legacy keys are off" in legacy.message, legacy.hint[:11]) == (True, "Use others.")


@pytest.mark.parametrize(
    ("code", "hint", "words"),
    [
        ("PGRST205", "Perhaps you meant the table 'public.proposals'", "public.proposals"),
        ("42703", 'Perhaps you meant to reference the column "t.name".', "t.name"),
        ("PGRST106", "Only the following schemas are exposed: public, api", "public, api"),
    ],
)
def test_what_the_server_suggests_is_passed_on(code: str, hint: str, words: str) -> None:
    body = json.dumps({"code": code, "message": "m", "details": None, "hint": hint}).encode()
    assert words in rest_error(404, {}, body, TABLE).hint


def missing(schema: str, table: str) -> SourceError:
    return rest_error(404, {}, b'{"code":"PGRST205"}', TableQuery(schema, table))


def test_a_name_with_its_schema_is_explained() -> None:
    assert '`"items", schema="app"`' in missing("public", "app.items").hint
    assert "instead of" in missing("other", "app.items").hint
    assert 'schema="' not in missing("public", "items").hint
    assert 'schema="' not in missing("public", ".items").hint
