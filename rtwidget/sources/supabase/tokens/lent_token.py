"""A table's own token as its feed sees it: lent to all who read as the same identity, and good for the table itself."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

TRIED_AGAIN_S = 15.0
"""Between two tries of a token that was refused, or has ended by this machine's clock: PostgREST forgives 30 s, and clocks differ."""

_FIXED_HINT = (
    "Pass `access_token=` a function that returns a fresh token (it is asked again whenever one ends), or open the "
    "table again with one; `t.refresh()` tries this one again."
)
_CALLED_HINT = "`t.refresh()` asks the `access_token` function or the client again, once it gives one that is good."


class LentToken:
    """Rows that are read with another table's token are shown only while this one is good too (loop thread only).

    Args:
        keeper: Keeps the token, pinned to its identity.
        pool: Of the same identity.
        prove: Asks the REST API for nothing with a token, and raises what it says.
    """

    def __init__(
        self, keeper: TokenKeeper, pool: TokenPool, prove: Callable[[Token], Awaitable[object]]
    ) -> None:
        self._keeper = keeper
        self._pool = pool
        self._prove = prove

    @property
    def doubt(self) -> asyncio.Event:
        """Set when there is a reason to ask for the token at once."""
        return self._keeper.doubt

    @property
    def spared(self) -> bool:
        """Whether others who read as the same identity can go on without it."""
        return self._pool.spares(self._keeper)

    def renew_in_s(self) -> float | None:
        """Return the seconds until it should be asked for again; None when it has no end."""
        keeper = self._keeper
        if keeper.refusal is not None and not keeper.refused_for_good:
            return TRIED_AGAIN_S
        if keeper.renews or math.isinf(keeper.ends_in_s):
            return keeper.renew_in_s()
        return keeper.ends_in_s if keeper.ends_in_s > 0.0 else TRIED_AGAIN_S

    async def lend(self) -> None:
        """Let others read with it until `withdraw`; where others read already, it is shown to be good first.

        Raises:
            AuthenticationError: When it is not.
            SourceError: When nobody can tell.
        """
        await self.current()
        self._pool.lend(self._keeper)

    def withdraw(self) -> None:
        """Let nobody read with it any more."""
        self._pool.withdraw(self._keeper)

    async def current(self, *, ask: bool = False) -> Token:
        """Return it, once the REST API accepted it where rows may be read with another one.

        Args:
            ask: True to ask for it in any case.

        Raises:
            IdentityChangedError: When it names somebody else now.
            AuthenticationError: When none is to be had, or when it was refused.
            SourceError: When nobody can tell.
        """
        keeper = self._keeper
        token = await keeper.current(ask=ask)
        if not self.spared:
            return token  # every read is made with it, and tells
        if not await self._is_good(token) and keeper.renews:
            # It may have ended on its way, as while a machine sleeps.
            token = await keeper.renewed(token)
            await self._is_good(token)
        if keeper.refusal is not None:
            # Raised anew each time: the error that is kept would collect the frames of all who raise it.
            hint = _CALLED_HINT if keeper.renews else _FIXED_HINT
            refusal = keeper.refusal
            raise AuthenticationError(refusal.message, hint, code=refusal.code, kind=refusal.kind)
        return token

    async def _is_good(self, token: Token) -> bool:
        keeper = self._keeper
        # A token that another table's reads were accepted with needs no request of its own.
        known = keeper.ends_in_s > 0.0 and self._pool.has_proven(token)
        if not keeper.refused_for_good and not known:
            try:
                await self._prove(token)
            except AuthenticationError as error:
                keeper.refuse(token, error)
                self._pool.refuse(token, error)
            except SourceError as error:
                if error.kind is ErrorKind.TRANSIENT:
                    raise
                # Whoever may not read the table was let in all the same; the reads will say so.
                keeper.accept(token)
            else:
                keeper.accept(token)
        return keeper.refusal is None
