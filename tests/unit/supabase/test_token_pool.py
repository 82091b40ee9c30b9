"""The tokens of one identity: the best one is given, a refused one gives way, and each table answers for its own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rtwidget.errors import (
    AuthenticationError,
    ErrorKind,
    IdentityChangedError,
    SourceError,
    UnreachableError,
)
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.identity import Token, token_of
from rtwidget.sources.supabase.tokens.keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.lent import LentToken
from rtwidget.sources.supabase.tokens.pool import TokenPool
from rtwidget.sources.supabase.tokens.pools import pool_of
from rtwidget.sources.supabase.tokens.sources import FixedToken, TokenSource
from tests.unit.supabase.test_tokens import KEY, jwt

EXPIRED = AuthenticationError("JWT expired", code="PGRST303")


def token(exp: float, sub: str = "a", **more: object) -> Token:
    return token_of(Secret(jwt(sub=sub, exp=exp, **more)))


class Tables:
    """Tables of one user in front of a server that refuses some tokens, on a clock of their own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pool = TokenPool(clock=self.clock)
        self.refused: set[Secret] = set()
        self.trouble: SourceError | None = None
        self.read_with: list[float | None] = []

    def clock(self) -> float:
        return self.now

    async def lend(self, *given: Token | SourceError) -> tuple[LentToken, TokenKeeper]:
        """Lend a fixed token, or what a function gives one after another."""
        fetch: TokenSource
        answers = list(given)
        first = answers.pop(0)
        assert isinstance(first, Token)

        async def ask(*, renew: bool) -> Secret:
            answer = answers.pop(0) if answers else first
            if isinstance(answer, SourceError):
                raise answer
            return answer.secret

        fetch = ask if answers else FixedToken(first.secret)
        keeper = TokenKeeper(KEY, fetch, self.clock)
        keeper.pin(first)
        lent = LentToken(keeper, self.pool, self.answer)
        await lent.lend()
        return lent, keeper

    async def answer(self, given: Token) -> str:
        """Answer a read, and note with which token it was made."""
        self.read_with.append(given.expires_at)
        await asyncio.sleep(0)
        if given.secret in self.refused:
            raise AuthenticationError(*EXPIRED.args, code=EXPIRED.code)
        if self.trouble is not None:
            raise self.trouble
        return "rows"

    async def read(self) -> list[float | None]:
        """Read, and return which tokens were tried."""
        self.read_with = []
        assert await self.pool.read(self.answer) == "rows"
        return self.read_with


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.mark.parametrize("order", [(1000.0, 9000.0), (9000.0, 1000.0)])
async def test_the_token_that_lasts_longest_reads(
    tables: Tables, order: tuple[float, float]
) -> None:
    for exp in order:
        await tables.lend(token(exp))
    assert await tables.read() == [9000.0]


async def test_a_token_without_an_end_lasts_longest(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    await tables.lend(token_of(Secret("sb_opaque")))
    assert await tables.read() == [None]


async def test_a_refused_token_gives_way_to_the_next_and_is_not_tried_again(tables: Tables) -> None:
    best, _ = token(9000.0), await tables.lend(token(9000.0))
    await tables.lend(token(8000.0))
    await tables.lend(token(7000.0))
    tables.refused |= {best.secret, token(8000.0).secret}
    assert await tables.read() == [9000.0, 8000.0, 7000.0]
    assert await tables.read() == [7000.0]


async def test_only_when_none_is_left_the_read_fails_and_each_function_is_asked_once(
    tables: Tables,
) -> None:
    bad = [token(exp) for exp in (9000.0, 9001.0, 9002.0, 9003.0)]
    tables.refused |= {each.secret for each in bad}
    await tables.lend(bad[0], *bad[1:])
    with pytest.raises(AuthenticationError, match="JWT expired"):
        await tables.read()
    assert tables.read_with == [9000.0, 9001.0]
    # A read that is tried again asks again, as after `refresh()`.
    with pytest.raises(AuthenticationError, match="JWT expired"):
        await tables.read()
    assert tables.read_with == [9001.0, 9002.0]


async def test_a_token_that_has_ended_by_this_clock_is_tried_all_the_same(tables: Tables) -> None:
    tables.now = 5000.0
    await tables.lend(token(1000.0))
    assert await tables.read() == [1000.0]


async def test_a_function_that_fails_for_now_makes_the_read_wait_not_fail(tables: Tables) -> None:
    ended, trouble = token(1000.0), UnreachableError("No answer.")
    await tables.lend(ended, trouble, trouble, trouble)
    tables.refused.add(ended.secret)
    with pytest.raises(UnreachableError):
        await tables.read()


async def test_the_next_table_is_asked_when_the_best_one_cannot_renew(tables: Tables) -> None:
    await tables.lend(token(1000.0), AuthenticationError("Signed out."))
    await tables.lend(token(999.0), token(5000.0))
    tables.now = 1000.0
    assert await tables.read() == [5000.0]


async def test_a_closed_table_lends_nothing_and_is_not_asked(tables: Tables) -> None:
    lent, keeper = await tables.lend(token(9000.0), AuthenticationError("Asked after the close."))
    await tables.lend(token(100.0))
    lent.withdraw()
    assert await tables.read() == [100.0]
    assert keeper.usable
    tables.now = 99.0
    assert await tables.read() == [100.0]


async def test_nobody_who_lends_is_a_trouble_that_passes(tables: Tables) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await tables.pool.current()
    assert caught.value.kind is ErrorKind.TRANSIENT


async def test_somebody_else_is_never_read_with_and_others_go_on(tables: Tables) -> None:
    changed, keeper = await tables.lend(token(9000.0), token(9000.0, "b"), token(9000.0, "b"))
    await tables.lend(token(5000.0))
    assert (await tables.pool.current(ask=True)).expires_at == 5000.0
    assert (keeper.named_another, keeper.doubt.is_set()) == (True, True)
    assert await tables.read() == [5000.0]
    with pytest.raises(IdentityChangedError):
        await changed.current(ask=True)


async def test_the_identity_has_changed_when_every_table_says_so(tables: Tables) -> None:
    await tables.lend(token(9000.0), token(9000.0, "b"))
    await tables.lend(token(8000.0), token(9000.0, "c"))
    with pytest.raises(IdentityChangedError):
        await tables.pool.current(ask=True)


async def test_a_token_that_realtime_refused_is_the_last_to_join_with(tables: Tables) -> None:
    _, keeper = await tables.lend(token(9000.0))
    await tables.lend(token(5000.0))
    tables.pool.bar(token(9000.0))
    assert (await tables.pool.current(ask=True)).expires_at == 5000.0
    assert keeper.refusal is None


async def pushed(tables: Tables, joined: Token) -> asyncio.Task[Token]:
    waiting = asyncio.create_task(tables.pool.better(joined))
    await asyncio.sleep(0.01)
    return waiting


async def test_a_longer_lasting_token_that_comes_is_pushed_before_the_short_one_ends(
    tables: Tables,
) -> None:
    await tables.lend(token(30.0))
    waiting = await pushed(tables, token(30.0))
    assert not waiting.done()
    await tables.lend(token(9000.0))
    assert (await waiting).expires_at == 9000.0


async def test_nothing_is_pushed_while_the_token_lasts_nor_in_place_of_a_longer_one(
    tables: Tables,
) -> None:
    lent, _ = await tables.lend(token(9000.0))
    waiting = await pushed(tables, token(9000.0))
    await tables.lend(token(9500.0))
    lent.withdraw()
    await asyncio.sleep(0.01)
    assert not waiting.done()
    waiting.cancel()
    ending = await pushed(tables, token(40.0))
    assert (await ending).expires_at == 9500.0
    shorter = Tables()
    await shorter.lend(token(20.0))
    waiting = await pushed(shorter, token(50.0))
    assert not waiting.done()
    waiting.cancel()


async def test_a_refused_token_is_replaced_on_the_socket_too(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    await tables.lend(token(5000.0))
    waiting = await pushed(tables, token(9000.0))
    tables.pool.refuse(token(9000.0), EXPIRED)
    assert (await waiting).expires_at == 5000.0


async def test_a_push_waits_while_no_token_is_to_be_had_and_ends_when_all_are_others(
    tables: Tables,
) -> None:
    await tables.lend(token(30.0), UnreachableError("No answer."), token(30.0, "b"))
    waiting = await pushed(tables, token(30.0))
    assert not waiting.done()
    tables.now = 20.0
    await tables.lend(token(25.0))  # a change makes it look again
    await asyncio.sleep(0.01)
    assert not waiting.done()
    waiting.cancel()
    alone = Tables()
    await alone.lend(token(30.0), token(30.0, "b"))
    alone.now = 10.0
    with pytest.raises(IdentityChangedError):
        await alone.pool.better(token(30.0))


async def test_each_identity_has_one_pool_for_as_long_as_somebody_holds_it() -> None:
    one = pool_of(("url", "ada"))
    assert pool_of(("url", "ada")) is one is not pool_of(("url", "bob"))
    keeper = TokenKeeper(KEY, None)
    await keeper.current()
    one.lend(keeper)
    assert one.spares(TokenKeeper(KEY, None))
    del one
    assert not pool_of(("url", "ada")).spares(TokenKeeper(KEY, None))


def test_each_loop_has_pools_of_its_own() -> None:
    held: list[Any] = []

    async def find() -> None:
        held.append(pool_of("ada"))

    for _ in range(2):
        asyncio.run(find())
    assert held[0] is not held[1]
