"""A project's addresses: which are taken, and what they carry."""

from __future__ import annotations

import pytest

from rtwidget.errors import CredentialsError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.credentials import (
    AccessToken,
    Credentials,
    find_credentials,
)

URL = "https://ref.supabase.co"


def find(
    url: str | None = None,
    key: str | None = None,
    *,
    access_token: AccessToken | None = None,
    client: object | None = None,
    realtime_url: str | None = None,
    insecure: bool = False,
    environment: dict[str, str] | None = None,
) -> Credentials:
    return find_credentials(
        url=url,
        key=key,
        access_token=access_token,
        client=client,
        realtime_url=realtime_url,
        insecure=insecure,
        environment=environment or {},
    )


def test_keys_do_not_travel_in_the_clear() -> None:
    with pytest.raises(CredentialsError, match="insecure=True"):
        find("http://db.example", "k")
    with pytest.raises(CredentialsError, match="realtime_url"):
        find(URL, "k", realtime_url="ws://db.example/socket/websocket")
    assert find("http://db.example", "k", insecure=True).endpoint.host == "db.example"
    for host in ("localhost:1", "127.0.0.1:54321", "[::1]:5"):
        assert find(f"http://{host}", "k").endpoint.is_local


def test_the_websocket_url_carries_key_and_version() -> None:
    found = find(URL, "a/b")
    assert found.endpoint.socket_url(found.key).reveal() == (
        "wss://ref.supabase.co/realtime/v1/websocket?apikey=a%2Fb&vsn=2.0.0"
    )


def test_a_given_websocket_url_is_completed_only_where_needed() -> None:
    given = "wss://rt.example/socket/websocket?apikey=own"
    found = find(URL, "k", realtime_url=given)
    assert found.endpoint.socket_url(found.key).reveal() == f"{given}&vsn=2.0.0"
    # A gateway that adds the key itself is told so by an empty one.
    for whole in (f"{given}&vsn=1.0.0", "wss://rt.example/websocket?apikey=&vsn=2.0.0"):
        found = find(URL, "k", realtime_url=whole)
        assert found.endpoint.socket_url(found.key).reveal() == whole


@pytest.mark.parametrize(("scheme", "meant"), [("https", "wss"), ("HTTPS", "wss"), ("wss", "wss")])
def test_a_websocket_url_may_begin_with_http(scheme: str, meant: str) -> None:
    found = find(URL, "k", realtime_url=f"{scheme}://rt.example/socket/websocket?apikey=own")
    assert found.endpoint.socket.reveal() == f"{meant}://rt.example/socket/websocket?apikey=own"
    assert found.endpoint.socket_key == Secret("own")
    with pytest.raises(CredentialsError, match="in the clear"):
        find(URL, "k", realtime_url="http://rt.example/socket/websocket")
