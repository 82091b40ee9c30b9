"""What Realtime's refusals of a subscription mean: every text that was recorded or read in its source."""

from __future__ import annotations

import pytest

from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    NotificationsUnavailableError,
    NotPublishedError,
    PermissionDeniedError,
    SourceError,
)
from rtwidget.sources.supabase.realtime.subscription_refusals import (
    join_error,
    system_error,
)

GIVEN = "Unable to subscribe to changes with given parameters. "


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
