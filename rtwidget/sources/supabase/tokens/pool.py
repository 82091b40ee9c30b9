"""The tokens of one identity: each table lends its own, and whoever reads or listens gets the best of them."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Callable, Hashable
from weakref import WeakKeyDictionary, WeakValueDictionary

from rtwidget.errors import AuthenticationError, ErrorKind, IdentityChangedError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.identity import Token
from rtwidget.sources.supabase.tokens.keeper import RENEW_BEFORE_S, TokenKeeper


class TokenPool:
    """Gives the token that lasts longest of those that nothing is known against (loop thread only).

    A table's function is asked only while that table lends its token.

    Args:
        clock: The wall clock, in Unix seconds.
        keepers: Who lends a token from the beginning.
    """

    def __init__(self, *keepers: TokenKeeper, clock: Callable[[], float] = time.time) -> None:
        self._keepers = list(keepers)
        self._clock = clock
        self.change = asyncio.Event()
        """Set, and replaced, when another token may be the best one."""

    def lend(self, keeper: TokenKeeper) -> None:
        """Let others read with a table's token."""
        self._keepers.append(keeper)
        self._changed()

    def withdraw(self, keeper: TokenKeeper) -> None:
        """Let nobody read with a table's token any more; what was joined with it stays joined."""
        if keeper in self._keepers:
            self._keepers.remove(keeper)
            self._changed()

    def spares(self, keeper: TokenKeeper) -> bool:
        """Return whether others can go on without a table's token."""
        return any(other.usable for other in self._keepers if other is not keeper)

    def has_proven(self, token: Token) -> bool:
        """Return whether the REST API accepted a token, whoever lent it."""
        return any(keeper.proven for keeper in self._holding(token))

    def lasts_s(self, token: Token) -> float:
        """Return the seconds until a token should be replaced: 0 when it ends within a minute or was refused."""
        if self._is_refused(token):
            return 0.0
        return max(0.0, _end_of(token) - RENEW_BEFORE_S - self._clock())

    def is_better(self, token: Token, than: Token) -> bool:
        """Return whether a token is worth to be pushed in the place of another."""
        if token.secret == than.secret or self._is_refused(token):
            return False
        return self._is_refused(than) or _end_of(token) > _end_of(than)

    def accept(self, token: Token) -> None:
        """Take note that the REST API accepted a token."""
        for keeper in self._holding(token):
            keeper.proven, keeper.refusal = True, None

    def refuse(self, token: Token, error: AuthenticationError) -> None:
        """Take note that the REST API refused a token; its tables are asked for another one."""
        for keeper in self._holding(token):
            keeper.refuse(error)
        self._changed()

    def bar(self, token: Token) -> None:
        """Take note that Realtime refused a token, which reads may still use."""
        for keeper in self._holding(token):
            keeper.barred = True

    async def current(self, *, ask: bool = False) -> Token:
        """Return the best token, a fresh one when it ends within a minute.

        Args:
            ask: True to ask its table in any case, as before each join (design section 7).

        Raises:
            AuthenticationError: When no table can give one.
            IdentityChangedError: When every table names somebody else by now.
        """
        answered: list[TokenKeeper] = []
        failures: list[SourceError] = []
        for keeper in self._in_order():
            try:
                token = await keeper.current(ask=ask and not answered)
            except SourceError as error:
                failures.append(error)
            else:
                answered.append(keeper)
                if self.lasts_s(token):
                    break
        best = max(answered, key=_worth, default=None)
        if best is None or best.token is None:
            raise _most_hopeful(failures)
        return best.token

    async def candidates(self) -> AsyncGenerator[Token, None]:
        """Yield tokens for one read, the best first; whoever asks for the next was refused with the last.

        Raises:
            AuthenticationError: When a table's function failed that might have given another.
            IdentityChangedError: When every table names somebody else by now.
        """
        tried: set[Secret] = set()
        token: Token | None = await self.current()
        while token is not None:
            tried.add(token.secret)
            yield token
            token = self._untried(tried)
        failures: list[SourceError] = []
        for keeper in self._in_order():
            if keeper.token is None or not keeper.renews:
                continue
            try:
                token = await keeper.renewed(keeper.token)
            except SourceError as error:
                failures.append(error)
                continue
            if token.secret not in tried:
                tried.add(token.secret)
                yield token
        if failures:
            raise _most_hopeful(failures)

    def _is_refused(self, token: Token) -> bool:
        return any(keeper.refusal is not None for keeper in self._holding(token))

    def _in_order(self) -> list[TokenKeeper]:
        return sorted(self._keepers, key=_worth, reverse=True)

    def _untried(self, tried: set[Secret]) -> Token | None:
        tokens = (keeper.token for keeper in self._in_order() if keeper.usable)
        return next((token for token in tokens if token and token.secret not in tried), None)

    def _holding(self, token: Token) -> list[TokenKeeper]:
        secret = token.secret
        return [each for each in self._keepers if each.token and each.token.secret == secret]

    def _changed(self) -> None:
        self.change.set()
        self.change = asyncio.Event()


def _end_of(token: Token) -> float:
    return math.inf if token.expires_at is None else token.expires_at


def _worth(keeper: TokenKeeper) -> tuple[bool, bool, float]:
    return keeper.usable, not keeper.barred, keeper.ends_in_s


def _most_hopeful(failures: list[SourceError]) -> SourceError:
    """Return the failure that says most of what can be done: one that passes, then one that the user can end."""
    if not failures:
        # A read that was on its way when the last of its tables was closed.
        return AuthenticationError("No table holds a token any more.", kind=ErrorKind.TRANSIENT)
    return min(failures, key=_hope)


def _hope(error: SourceError) -> tuple[bool, bool]:
    return error.kind is not ErrorKind.TRANSIENT, isinstance(error, IdentityChangedError)


# Each loop's own, because locks and events belong to one; a pool goes with the last table that lends to it.
_POOLS: WeakKeyDictionary[asyncio.AbstractEventLoop, WeakValueDictionary[Hashable, TokenPool]] = (
    WeakKeyDictionary()
)


def pool_of(whose: Hashable) -> TokenPool:
    """Return the pool of an identity in a project.

    Args:
        whose: Equal for the same project, key and identity.
    """
    pools = _POOLS.setdefault(asyncio.get_running_loop(), WeakValueDictionary())
    pool = pools.get(whose)
    if pool is None:
        pool = pools[whose] = TokenPool()
    return pool
