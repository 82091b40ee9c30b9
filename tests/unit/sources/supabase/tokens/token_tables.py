"""Tables of one user with tokens of their own, in front of a server that refuses some of them."""

from __future__ import annotations

import asyncio

from rtwidget.errors import AuthenticationError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token, token_of
from rtwidget.sources.supabase.tokens.lent_token import LentToken
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pool import TokenPool
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, TokenSource
from tests.unit.sources.supabase.tokens.jwt import KEY, jwt

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
        keeper = TokenKeeper(KEY, fetch, self.clock, monotonic=self.clock)
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
