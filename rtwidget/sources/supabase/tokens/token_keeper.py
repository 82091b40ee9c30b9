"""One table's access token: fetched in time, kept until shortly before its end, one person's."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable

from rtwidget.errors import AuthenticationError, ErrorKind, IdentityChangedError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token, token_of
from rtwidget.sources.supabase.tokens.refusal_patience import Patience
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, TokenSource

RENEW_BEFORE_S = 60.0
"""How long before its end a token is replaced, in seconds (design section 7)."""
RENEW_AGAIN_S = 10.0
"""Between two tries while the token seems to end, also where this machine's clock is wrong."""


class TokenKeeper:
    """Keeps one table's token fresh, and knows what the servers said of it (loop thread only).

    Args:
        key: The project's key, which is the token while nobody is signed in.
        fetch: Asks for the token; None to read with the key alone.
        clock: The wall clock, in Unix seconds.
        patience: Counts for how long the table's tokens have been refused; it may outlive the keeper.
        monotonic: The clock of that, in seconds.
    """

    def __init__(
        self,
        key: Secret,
        fetch: TokenSource | None,
        clock: Callable[[], float] = time.time,
        *,
        patience: Patience | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._key = token_of(key)
        self._fetch = fetch
        self._clock = clock
        self._patience = patience or Patience()
        self._monotonic = monotonic
        self._pinned: str | None = None
        self._asked_at = 0.0
        self._lock = asyncio.Lock()
        self.token: Token | None = None
        self.named_another = False
        """Whether somebody else was named when it was asked last."""
        self.proven = False
        """Whether the REST API accepted the token."""
        self.refusal: AuthenticationError | None = None
        """Why the REST API refused the token last; it passes until it has repeated for a while."""
        self.refused_by_realtime = False
        """Whether Realtime refused the token."""
        self.doubt = asyncio.Event()
        """Set when there is a reason to ask for the token again."""

    @property
    def renews(self) -> bool:
        """Whether asking again can bring another token."""
        return not (self._fetch is None or isinstance(self._fetch, FixedToken))

    @property
    def usable(self) -> bool:
        """Whether nothing is known against the token."""
        return self.token is not None and self.refusal is None and not self.named_another

    @property
    def refused_for_good(self) -> bool:
        """Whether the token will not be taken again."""
        return self.refusal is not None and self.refusal.kind is not ErrorKind.TRANSIENT

    @property
    def ends_in_s(self) -> float:
        """The seconds until the token's end by this machine's clock, below 0 after it; infinite without an end."""
        if self.token is None or self.token.expires_at is None:
            return math.inf
        return self.token.expires_at - self._clock()

    def pin(self, token: Token) -> None:
        """Accept tokens of this one's identity only, from now on."""
        self._take(token)
        self._pinned = token.identity

    def renew_in_s(self) -> float | None:
        """Return the seconds until the token should be replaced; None when it has no end, or no other is to be had."""
        if not self.renews or math.isinf(self.ends_in_s):
            return None
        return max(0.0, self.ends_in_s - RENEW_BEFORE_S)

    def holds(self, token: Token) -> bool:
        """Return whether this is the token."""
        return self.token is not None and self.token.secret == token.secret

    def accept(self, token: Token) -> None:
        """Take note that the REST API accepted a token, if it is this one."""
        if self.holds(token):
            self.proven, self.refusal = True, None
            self._patience.accepted()

    def refuse(self, token: Token, error: AuthenticationError) -> None:
        """Take note that the REST API refused a token, if it is this one."""
        if not self.holds(token):
            return
        before, self.refusal = self.refusal, self._patience.refused(error, self._monotonic())
        self.proven = False
        if before is None or before.kind is not self.refusal.kind:
            self.doubt.set()

    def note_realtime_refusal(self, token: Token) -> None:
        """Take note that Realtime refused a token, if it is this one; whether the REST API accepts it is to be seen."""
        if self.holds(token) and not self.refused_by_realtime:
            self.refused_by_realtime, self.proven = True, False
            self.doubt.set()

    async def current(self, *, ask: bool = False) -> Token:
        """Return the token, a fresh one when it ends within a minute or was refused.

        Args:
            ask: True to ask in any case, as before each join (design section 7).

        Raises:
            AuthenticationError: When none can be had.
            IdentityChangedError: When the new one names somebody else.
        """
        async with self._lock:
            # Absolute, because this machine's clock may be set back between the two.
            waited_s = abs(self._clock() - self._asked_at)
            wanted = self.renew_in_s() == 0.0 or (self.renews and not self.usable)
            renew = wanted and waited_s >= RENEW_AGAIN_S
            # Somebody else may sign out again, and then the table goes on.
            asked = ask or renew or self.named_another
            if self.token is not None and not asked:
                return self.token
            try:
                return await self._renewed(renew=renew)
            except IdentityChangedError:
                raise
            except SourceError:
                # A token that could not be renewed is still good for its last minute.
                if self.token is None or not self.usable or self.ends_in_s <= 0.0:
                    raise
                return self.token

    async def renewed(self, refused: Token) -> Token:
        """Return another token than the one that was refused.

        Raises:
            AuthenticationError: When none can be had.
            IdentityChangedError: When the new one names somebody else.
        """
        async with self._lock:
            # What came meanwhile may have been refused too, as after a machine slept.
            if self.token is not None and self.usable and not self.holds(refused):
                return self.token
            return await self._renewed(renew=True)

    async def _renewed(self, *, renew: bool) -> Token:
        self._asked_at = self._clock()
        secret = None if self._fetch is None else await self._fetch(renew=renew)
        token = self._key if secret is None else token_of(secret)
        self.named_another = self._pinned is not None and token.identity != self._pinned
        if self.named_another:
            self.doubt.set()
            # Not taken: rows of the one before must never be read with it.
            raise IdentityChangedError(
                "The token now names somebody else.",
                "Their rows are shown in a table of their own.",
            )
        self._take(token)
        return token

    def _take(self, token: Token) -> None:
        if self.token is None or token.secret != self.token.secret:
            self.proven, self.refusal, self.refused_by_realtime = False, None, False
        self.token = token
