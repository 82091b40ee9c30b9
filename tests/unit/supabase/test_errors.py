"""What refusals mean: every text and code that was recorded or read in the servers' sources."""

from __future__ import annotations

import json

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    ConnectionLostError,
    DatabaseUnavailableError,
    ErrorKind,
    NotificationsUnavailableError,
    NotPublishedError,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.supabase.errors import missing_column, rest_error
from rtwidget.sources.supabase.realtime.refusals import (
    close_error,
    handshake_error,
    join_error,
    system_error,
)

T, TOKEN, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_TOKEN, ErrorKind.NEEDS_USER
TABLE = TableQuery("public", "t")
GIVEN = "Unable to subscribe to changes with given parameters. "


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


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, AuthenticationError),
        (403, NotificationsUnavailableError),
        (404, NotificationsUnavailableError),
        (429, ConnectionLostError),
        (500, ConnectionLostError),
    ],
)
def test_handshakes(status: int, expected: type[SourceError]) -> None:
    assert type(handshake_error(status, None, {}, b"")) is expected


def test_a_crowded_server_is_given_time() -> None:
    assert handshake_error(429, None, {}, b"").retry_after_s == 5.0
    assert handshake_error(429, 60.0, {}, b"").retry_after_s == 60.0


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("InvalidJWTToken: Token has expired 5 seconds ago", AuthenticationError),
        ("MalformedJWT: The token provided is not a valid JWT", AuthenticationError),
        ("JwtSignatureError: Failed to validate JWT signature", AuthenticationError),
        ("ClientJoinRateLimitReached: Too many joins per second", ConnectionLostError),
        ("ChannelRateLimitReached: Too many channels", ConnectionLostError),
        ("{:error, :too_many_channels}", ConnectionLostError),
        ("Unauthorized: You do not have permissions", PermissionDeniedError),
        ("PrivateOnly: This project only allows private channels", PermissionDeniedError),
        ("RealtimeDisabledForTenant: off", NotificationsUnavailableError),
        ("RealtimeRestarting: Realtime is restarting", ConnectionLostError),
        ("a new reason", ConnectionLostError),
        ("unmatched topic", ConnectionLostError),
    ],
)
def test_joins(reason: str, expected: type[SourceError]) -> None:
    error = join_error(reason)
    assert type(error) is expected
    assert reason in error.message


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (GIVEN + "Please check Realtime is enabled: [..]", NotPublishedError),
        (GIVEN + "An exception happened. Exception: ERROR 42704", NotificationsUnavailableError),
        (GIVEN + "An exception happened. ERROR 42501", NotificationsUnavailableError),
        ("Error parsing `select` params: ..", NotificationsUnavailableError),
        ('{:error, "Too many database timeouts"}', ConnectionLostError),
        ("Token has expired 0 seconds ago", AuthenticationError),
        (":signature_error", AuthenticationError),
        ("You do not have permissions to read from this Channel topic", PermissionDeniedError),
        ("Node request timeout", ConnectionLostError),
    ],
)
def test_system_messages(message: str, expected: type[SourceError]) -> None:
    assert type(system_error(message, "public", "t")) is expected


def test_an_unpublished_table_comes_with_the_sql_that_publishes_it() -> None:
    error = system_error(GIVEN + "Please check Realtime is enabled", "public", 'odd"t')
    assert '`alter publication supabase_realtime add table "public"."odd""t";`' in error.hint


def test_closes() -> None:
    assert close_error(1012).code == "1012"
    assert close_error(None).code is None
    assert "16 MiB" in close_error(1009).hint
