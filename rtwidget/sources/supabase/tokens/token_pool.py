"""The tokens of one identity: each table lends its own, and whoever reads or listens gets the best of them."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import TypeVar

from rtwidget.errors import AuthenticationError, IdentityChangedError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.token_choice import (
    TokenChoice,
    most_telling,
    preference,
    standing,
)
from rtwidget.sources.supabase.tokens.token_keeper import RENEW_AGAIN_S, TokenKeeper

Result = TypeVar("Result")


class TokenPool:
    """Gives the token that lasts longest of those that nothing is known against (loop thread only).

    A table's function is asked only while that table lends its token.

    Args:
        clock: The wall clock, in Unix seconds.
        keepers: Who lends a token from the beginning.
    """

    def __init__(self, *keepers: TokenKeeper, clock: Callable[[], float] = time.time) -> None:
        self._choice = TokenChoice(list(keepers), clock)
        # Set, and replaced, when another token may be the best one.
        self._change = asyncio.Event()

    def lend(self, keeper: TokenKeeper) -> None:
        """Let others read with a table's token."""
        self._choice.keepers.append(keeper)
        self._changed()

    def withdraw(self, keeper: TokenKeeper) -> None:
        """Let nobody read with a table's token any more; what was joined with it stays joined."""
        if keeper in self._choice.keepers:
            self._choice.keepers.remove(keeper)
            self._changed()

    def spares(self, keeper: TokenKeeper) -> bool:
        """Return whether others can go on without a table's token."""
        return any(other.usable for other in self._choice.keepers if other is not keeper)

    def has_proven(self, token: Token) -> bool:
        """Return whether the REST API accepted a token, whoever lent it."""
        return any(keeper.proven for keeper in self._choice.holding(token))

    def note_realtime_refusal(self, token: Token) -> None:
        """Take note that Realtime refused a token, which reads may still use."""
        for keeper in self._choice.keepers:
            keeper.note_realtime_refusal(token)

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
        for keeper in self._choice.in_order():
            try:
                token = await keeper.current(ask=ask and not answered)
            except SourceError as error:
                failures.append(error)
            else:
                answered.append(keeper)
                # The first that is good for a while will do; the other tables' functions are left alone.
                if self._choice.lasts_s(token):
                    break
        best = max(answered, key=preference, default=None)
        if best is None or best.token is None:
            raise most_telling(failures)
        return best.token

    async def read(self, read: Callable[[Token], Awaitable[Result]]) -> Result:
        """Read with the best token, and with the next for as long as one is refused and another is to be had.

        Args:
            read: Reads with a token, and raises `AuthenticationError` when it is refused.

        Raises:
            AuthenticationError: When every token was refused, or when a table's function failed that might have given another;
                a refusal passes until it has repeated for `REFUSED_S`.
            IdentityChangedError: When every table names somebody else by now.
            SourceError: What the read raised.
        """
        refusal: AuthenticationError | None = None
        async with aclosing(self._candidates()) as candidates:
            async for token in candidates:
                try:
                    answer = await read(token)
                except AuthenticationError as error:
                    self.refuse(token, error)
                    refusal = error
                else:
                    for keeper in self._choice.keepers:
                        keeper.accept(token)
                    return answer
        raise standing(refusal, self._choice.keepers) if refusal else most_telling([])

    async def better(self, token: Token) -> Token:
        """Wait until a token ends within a minute or was refused and a better one is to be had, and return that.

        Raises:
            IdentityChangedError: When every table names somebody else by now.
        """
        while True:
            # Taken before the look, so that no change between the two is missed.
            change, wait_s = self._change, self._choice.lasts_s(token)
            if wait_s == 0.0:
                fresh = await self._tried()
                if fresh is not None and self._choice.is_better(fresh, token):
                    return fresh
                wait_s = RENEW_AGAIN_S
            # Not `wait_for`, which may swallow a cancellation before Python 3.12.
            with suppress(TimeoutError):
                async with asyncio.timeout(None if math.isinf(wait_s) else wait_s):
                    await change.wait()

    async def _tried(self) -> Token | None:
        try:
            return await self.current()
        except IdentityChangedError:
            raise
        except SourceError:
            return None  # the server ends what it does not accept any more

    def refuse(self, token: Token, error: AuthenticationError) -> None:
        """Take note that the REST API refused a token; its tables are asked for another one."""
        for keeper in self._choice.keepers:
            keeper.refuse(token, error)
        self._changed()

    async def _candidates(self) -> AsyncGenerator[Token, None]:
        """Yield tokens for one read, the best first; whoever asks for the next was refused with the last."""
        # By their text, since several tables may have been given the same token.
        tried: set[Secret] = set()
        token: Token | None = await self.current()
        while token is not None:
            tried.add(token.secret)
            yield token
            token = self._choice.untried(tried)
        failures: list[SourceError] = []
        for keeper in self._choice.in_order():
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
            raise most_telling(failures)

    def _changed(self) -> None:
        self._change.set()
        self._change = asyncio.Event()
