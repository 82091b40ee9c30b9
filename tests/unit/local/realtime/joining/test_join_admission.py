"""Which token a join acts with, and in which order it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.local.faults.faults import Faults
from rtwidget.local.postgres.database import Database
from rtwidget.local.realtime.joining.join_admission import admit, join_token
from rtwidget.local.realtime.joining.join_config import read_config
from rtwidget.local.realtime.joining.join_refusals import JoinRefused
from rtwidget.local.realtime.phoenix_frames import Push
from rtwidget.local.realtime.realtime_services import RealtimeServices
from rtwidget.local.realtime.subscriptions import Subscriptions
from rtwidget.local.server_settings import Settings
from rtwidget.local.tokens import make_token

SECRET = "a secret of at least thirty-two bytes"
KEY = make_token(SECRET, "anon", None, 600)
USER = make_token(SECRET, "authenticated", "ada", 600)


class Running:
    """Change capture that always runs."""

    is_running = True

    async def until_running(self) -> None: ...


def services() -> RealtimeServices:
    database = Database("host=127.0.0.1 port=1")
    return RealtimeServices(SECRET, database, Subscriptions(), Settings(), Faults(), Running())


async def joined(
    payload: dict[str, Any] | None = None,
    topic: str = "realtime:t",
    channels: int = 0,
    given: RealtimeServices | None = None,
) -> dict[str, Any]:
    payload = {"config": {}, **(payload or {})}
    push = Push(topic, "phx_join", payload)
    return await admit(given or services(), push, read_config(payload), KEY, channels)


@pytest.mark.parametrize(
    ("payload", "token"),
    [
        ({}, KEY),
        ({"access_token": "a"}, "a"),
        ({"user_token": "u", "access_token": "a"}, "u"),
        ({"user_token": 5, "access_token": "a"}, "a"),
        ({"access_token": "sb_publishable_x"}, KEY),
        ({"access_token": None, "user_token": "sb_secret_x"}, KEY),
        ({"access_token": False, "user_token": "u"}, "u"),
    ],
)
def test_the_token_of_a_join(payload: dict[str, Any], token: str) -> None:
    assert join_token(payload, KEY) == token


async def test_claims_are_those_of_the_token_or_else_of_the_key() -> None:
    assert (await joined())["role"] == "anon"
    assert (await joined({"access_token": USER}))["sub"] == "ada"


async def test_tokens_go_stale_and_the_key_does_not() -> None:
    given = services()
    given.faults.tokens_valid_from = 4e9
    assert (await joined(given=given))["role"] == "anon"
    with pytest.raises(JoinRefused, match="InvalidJWTToken: Token has expired"):
        await joined({"access_token": USER}, given=given)


@pytest.mark.parametrize(
    ("payload", "topic", "channels", "reason"),
    [
        ({}, "realtime:", 0, "TopicNameRequired"),
        ({}, "realtime:t", 100, "ChannelRateLimitReached"),
        ({"access_token": "no token"}, "realtime:t", 100, "ChannelRateLimitReached"),
        ({"access_token": "no token"}, "realtime:t", 0, "MalformedJWT"),
        ({"config": {"private": True}}, "realtime:t", 0, "UnableToConnectToProject"),
        ({"config": {"presence": {"enabled": True}}}, "realtime:t", 0, "LocalBackend"),
    ],
)
async def test_reasons_in_their_order(
    payload: dict[str, Any], topic: str, channels: int, reason: str
) -> None:
    with pytest.raises(JoinRefused, match=f"^{reason}:"):
        await joined(payload, topic, channels)


async def test_a_refusal_on_request_comes_before_the_others() -> None:
    given = services()
    given.faults.refuse_joins(1, "not now")
    with pytest.raises(JoinRefused, match="not now"):
        await joined(channels=100, given=given)
    assert (await joined(given=given))["role"] == "anon"
