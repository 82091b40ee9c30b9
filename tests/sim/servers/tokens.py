"""Tokens in virtual time: what a session gives, and when the servers take it. The product's own keepers and pools ask for them."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from rtwidget.errors import AuthenticationError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token, claims_of
from rtwidget.sources.supabase.tokens.token_pool import TokenPool
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, TokenSource

KEY = Secret("sb_publishable_simulated")
# PostgREST forgives so much; Realtime nothing.
_FORGIVEN_S = 30.0
_ASKED_S = 0.02


@dataclass
class Session:
    """Somebody's tokens.

    Args:
        identity: Whom they name from now on.
        token: What tells one from the next.
        lasts_s: How long each is good, in seconds; by default they are renewed every half minute.
        fixed: Whether the same one is given for ever.
        broken: What whoever asks for one gets instead.
    """

    identity: str
    token: str = "first"
    lasts_s: float = 90.0
    fixed: bool = False
    broken: SourceError | None = None
    asked: int = field(default=0, init=False)
    _given: Secret | None = field(default=None, init=False)

    def source(self, wall: Callable[[], float]) -> TokenSource:
        """Return what asks for a token, as a table is given it."""
        if not self.fixed:
            return self._asked(wall)
        self._given = self._given or self._fresh(wall())
        return FixedToken(self._given)

    def _asked(self, wall: Callable[[], float]) -> TokenSource:
        async def ask(*, renew: bool) -> Secret:
            self.asked += 1
            await asyncio.sleep(_ASKED_S)
            if self.broken is not None:
                raise self.broken
            return self._fresh(wall())

        return ask

    def _fresh(self, now: float) -> Secret:
        claims = {"sub": self.identity, "jti": self.token, "exp": now + self.lasts_s}
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return Secret(f"e30.{body}.c2ln")


class TokenChecks:
    """How the servers look at tokens, and one pool for each identity.

    Args:
        wall: The servers' clock, and the machine's.
    """

    def __init__(self, wall: Callable[[], float]) -> None:
        self.wall = wall
        self.refused = 0
        self._pools: dict[str, TokenPool] = {}

    def pool(self, identity: str) -> TokenPool:
        """Return what the tables of an identity share."""
        return self._pools.setdefault(identity, TokenPool(clock=self.wall))

    def ends_at(self, token: Token) -> float:
        """Return when a token ends, in Unix seconds."""
        assert token.expires_at is not None
        return token.expires_at

    def demand(self, token: Token, *, forgiven_s: float = _FORGIVEN_S) -> None:
        """Let nobody in with a token that has ended.

        Raises:
            AuthenticationError: When it has.
        """
        if self.wall() > self.ends_at(token) + forgiven_s:
            self.refused += 1
            raise AuthenticationError("JWT expired", code="PGRST303")


def name_of(token: Token) -> str:
    """Return what tells a token from the next one of its session."""
    return str((claims_of(token.secret) or {})["jti"])
