"""Which of several tokens is the best, and which of several failures says most; asks nobody for a token."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.refusal_patience import as_it_stands
from rtwidget.sources.supabase.tokens.token_keeper import RENEW_BEFORE_S, TokenKeeper


class TokenChoice:
    """The tables that lend their tokens, and what is known of each token (loop thread only).

    Args:
        keepers: Who lends a token; the pool adds and removes them.
        clock: The wall clock, in Unix seconds.
    """

    def __init__(self, keepers: list[TokenKeeper], clock: Callable[[], float]) -> None:
        self.keepers = keepers
        self._clock = clock

    def in_order(self) -> list[TokenKeeper]:
        """Return who lends a token, the best first."""
        return sorted(self.keepers, key=preference, reverse=True)

    def holding(self, token: Token) -> list[TokenKeeper]:
        """Return who lends this token, which several tables may share."""
        return [keeper for keeper in self.keepers if keeper.holds(token)]

    def untried(self, tried: set[Secret]) -> Token | None:
        """Return the best token that nothing is known against and that has not been tried; None when none is left."""
        tokens = (keeper.token for keeper in self.in_order() if keeper.usable)
        return next((token for token in tokens if token and token.secret not in tried), None)

    def lasts_s(self, token: Token) -> float:
        """Return the seconds until a token should be replaced: 0 when it ends within a minute or was refused."""
        if self.is_refused(token):
            return 0.0
        return max(0.0, end_of(token) - RENEW_BEFORE_S - self._clock())

    def is_better(self, token: Token, than: Token) -> bool:
        """Return whether another token should take the place of one that is in use."""
        if token.secret == than.secret or self.is_refused(token):
            return False
        return self.is_refused(than) or end_of(token) > end_of(than)

    def is_refused(self, token: Token) -> bool:
        """Return whether the REST API refused a token, whoever lent it."""
        return any(keeper.refusal is not None for keeper in self.holding(token))


def end_of(token: Token) -> float:
    """Return when a token ends, in Unix seconds; infinite without an end."""
    return math.inf if token.expires_at is None else token.expires_at


def preference(keeper: TokenKeeper) -> tuple[bool, bool, float]:
    """Return what is greater the better a table's token is: nothing is known against it, and it lasts long."""
    # In this order: a refused token is worse than any other, however long it lasts.
    return keeper.usable, not keeper.refused_by_realtime, keeper.ends_in_s


def most_telling(failures: list[SourceError]) -> SourceError:
    """Return the failure that says most of what can be done: one that passes, then one that the user can end."""
    if not failures:
        # A read that was on its way when the last of its tables was closed.
        return AuthenticationError("No table holds a token any more.", kind=ErrorKind.TRANSIENT)
    return min(failures, key=_rank)


def standing(refusal: AuthenticationError, keepers: Iterable[TokenKeeper]) -> AuthenticationError:
    """Return a refusal as the most patient of the tables takes it, in a copy that holds nobody's frames."""
    known = [keeper.refusal.kind for keeper in keepers if keeper.refusal is not None]
    passes = ErrorKind.TRANSIENT in (known or [refusal.kind])
    return as_it_stands(refusal, passes=passes)


def _rank(error: SourceError) -> tuple[bool, bool]:
    return error.kind is not ErrorKind.TRANSIENT, error.kind is ErrorKind.NEEDS_OTHER_IDENTITY
