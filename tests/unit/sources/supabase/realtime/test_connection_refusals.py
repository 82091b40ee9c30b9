"""What it means when Realtime refuses a connection or ends it."""

from __future__ import annotations

import pytest

from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    NotificationsUnavailableError,
    SourceError,
)
from rtwidget.sources.supabase.realtime.connection_refusals import close_error, handshake_error


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


def test_closes() -> None:
    assert close_error(1012).code == "1012"
    assert close_error(None).code is None
    assert "16 MiB" in close_error(1009).hint
