"""One pool for each identity in a project, for as long as a table lends to it."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from weakref import WeakKeyDictionary, WeakValueDictionary

from rtwidget.sources.supabase.tokens.token_pool import TokenPool

# Each loop's own, because locks and events belong to one.
_POOLS: WeakKeyDictionary[asyncio.AbstractEventLoop, WeakValueDictionary[Hashable, TokenPool]] = (
    WeakKeyDictionary()
)


def pool_of(whose: Hashable) -> TokenPool:
    """Return the pool of an identity in a project (loop thread only).

    Args:
        whose: Equal for the same project, key and identity.
    """
    pools = _POOLS.setdefault(asyncio.get_running_loop(), WeakValueDictionary())
    pool = pools.get(whose)
    if pool is None:
        pool = pools[whose] = TokenPool()
    return pool
