"""Tokens: fetched in time, one person's, and never shown."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import pickle

import pytest

from rtwidget.errors import AuthenticationError, IdentityChangedError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.tokens.token_keeper import RENEW_AGAIN_S, TokenKeeper
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, called

KEY = Secret("sb_publishable_key")


def jwt(**claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{body}.c2ln"


def keeper(*answers: str | None, now: float = 0.0) -> tuple[TokenKeeper, list[float]]:
    rest, clock = list(answers), [now]
    return TokenKeeper(KEY, called(lambda: rest.pop(0)), lambda: clock[0]), clock


def test_a_secret_never_shows_itself() -> None:
    secret = Secret("tok")
    assert [str(secret), repr(secret), f"{secret}"] == ["***"] * 3
    assert (secret.reveal(), secret) == ("tok", Secret("tok"))
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="secret"):
            leak(secret)
    assert "tok" not in repr(token_of(Secret(jwt(sub="tok"))))


def test_renewal_keeps_the_identity_and_another_user_changes_it() -> None:
    one = token_of(Secret(jwt(sub="a", role="r", exp=1, iat=2, nbf=3, jti="x", session_id="s")))
    same = token_of(Secret(jwt(role="r", sub="a", exp=9, iat=8)))
    other = token_of(Secret(jwt(sub="b", role="r", exp=9)))
    assert one.identity == same.identity != other.identity
    assert (one.expires_at, same.expires_at) == (1.0, 9.0)


@pytest.mark.parametrize("text", ["sb_secret_x", "a.b.c", "..", "a.W10.c", "a.\x80.c", "a.eyJ9.c"])
def test_what_is_no_jwt_is_its_own_identity(text: str) -> None:
    token = token_of(Secret(text))
    assert (token.identity, token.expires_at) == (Secret(text).digest, None)
    assert not token.is_jwt


async def test_a_token_is_kept_until_a_minute_before_its_end() -> None:
    held, clock = keeper(jwt(sub="a", exp=1000), jwt(sub="a", exp=2000))
    first = await held.current()
    clock[0] = 939.0
    assert (await held.current(), held.renew_in_s()) == (first, 1.0)
    clock[0] = 940.0
    assert (await held.current()).expires_at == 2000.0


async def test_a_join_asks_in_any_case() -> None:
    held, _ = keeper(jwt(sub="a", exp=1000), jwt(sub="a", exp=2000))
    await held.current()
    assert (await held.current(ask=True)).expires_at == 2000.0


async def test_nobody_signed_in_reads_with_the_key() -> None:
    held, _ = keeper(None)
    assert (await held.current()).secret == KEY
    assert (await TokenKeeper(KEY, None).current()).secret == KEY


async def test_another_identity_is_refused_before_it_is_used() -> None:
    held, _ = keeper(jwt(sub="a", exp=1), jwt(sub="b", exp=2))
    held.pin(await held.current())
    with pytest.raises(IdentityChangedError):
        await held.current(ask=True)


async def test_a_token_that_cannot_be_renewed_serves_its_last_minute() -> None:
    held, clock = keeper(jwt(sub="a", exp=1000))
    first = await held.current()
    clock[0] = 990.0
    assert await held.current() == first
    clock[0] = 1000.0
    with pytest.raises(AuthenticationError, match="IndexError"):
        await held.current()


async def test_a_wrong_clock_does_not_ask_for_every_read() -> None:
    asked: list[int] = []

    def short() -> str:
        asked.append(1)
        return jwt(sub="a", exp=1000)

    clock = [5000.0]
    held = TokenKeeper(KEY, called(short), lambda: clock[0])
    for _ in range(5):
        await held.current()
    assert len(asked) == 1
    clock[0] += RENEW_AGAIN_S
    await held.current()
    assert len(asked) == 2


async def test_a_refused_token_is_asked_for_once_for_all_readers() -> None:
    held, _ = keeper(jwt(sub="a", n=1, exp=9e9), jwt(sub="a", n=1, exp=9.1e9))
    refused = await held.current()
    renewed = await asyncio.gather(held.renewed(refused), held.renewed(refused))
    assert renewed[0] == renewed[1] != refused


async def test_what_came_in_the_place_of_a_refused_token_and_was_refused_too_is_not_given() -> None:
    held, _ = keeper(*(jwt(sub="a", n=number, exp=9e9) for number in range(3)))
    first = await held.current()
    second = await held.renewed(first)
    held.refuse(second, AuthenticationError("JWT expired", code="PGRST303"))
    third = await held.renewed(first)
    assert len({first.secret, second.secret, third.secret}) == 3


async def test_a_fixed_token_stays() -> None:
    held = TokenKeeper(KEY, FixedToken(Secret("opaque")))
    token = await held.current()
    assert await held.renewed(token) == token
    assert held.renew_in_s() is None
