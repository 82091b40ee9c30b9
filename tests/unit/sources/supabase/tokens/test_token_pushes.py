"""When a joined channel is given another token: before its own ends, and only a better one."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.errors import IdentityChangedError, UnreachableError
from rtwidget.sources.supabase.credentials.identity import Token
from tests.unit.sources.supabase.tokens.token_tables import EXPIRED, Tables, token


@pytest.fixture
def tables() -> Tables:
    return Tables()


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
