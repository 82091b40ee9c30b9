"""Tokens: fetched in time, one person's, and never shown."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.errors import AuthenticationError, IdentityChangedError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.tokens.token_keeper import RENEW_AGAIN_S, TokenKeeper
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, called
from tests.unit.sources.supabase.tokens.jwt import KEY, jwt


def keeper(*answers: str | None, now: float = 0.0) -> tuple[TokenKeeper, list[float]]:
    rest, clock = list(answers), [now]
    return TokenKeeper(KEY, called(lambda: rest.pop(0)), lambda: clock[0]), clock


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
