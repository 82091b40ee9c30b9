"""What can only mean this machine."""

from __future__ import annotations

import pytest

from rtwidget.sources.connections.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "db.localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "localhost.example", "0.0.0.0", "10.0.0.1", "::", "mylocalhost", "fe80::1"]
)
def test_anywhere_else(host: str) -> None:
    assert not is_loopback(host)
