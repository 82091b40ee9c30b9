"""One pool for each identity and each loop."""

from __future__ import annotations

import asyncio
from typing import Any

from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pools import pool_of
from tests.unit.sources.supabase.tokens.jwt import KEY


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
