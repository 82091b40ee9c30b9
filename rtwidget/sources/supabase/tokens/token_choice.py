"""Which of several tokens is the best, and which of several failures says most."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rtwidget.errors import AuthenticationError, ErrorKind, IdentityChangedError, SourceError
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.refusal_patience import as_it_stands
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper


def end_of(token: Token) -> float:
    """Return when a token ends, in Unix seconds; infinite without an end."""
    return math.inf if token.expires_at is None else token.expires_at


def worth(keeper: TokenKeeper) -> tuple[bool, bool, float]:
    """Return what is greater the better a table's token is: nothing is known against it, and it lasts long."""
    return keeper.usable, not keeper.barred, keeper.ends_in_s


def most_hopeful(failures: list[SourceError]) -> SourceError:
    """Return the failure that says most of what can be done: one that passes, then one that the user can end."""
    if not failures:
        # A read that was on its way when the last of its tables was closed.
        return AuthenticationError("No table holds a token any more.", kind=ErrorKind.TRANSIENT)
    return min(failures, key=_hope)


def standing(refusal: AuthenticationError, keepers: Iterable[TokenKeeper]) -> AuthenticationError:
    """Return a refusal as the most patient of the tables takes it, in a copy that holds nobody's frames."""
    known = [keeper.refusal.kind for keeper in keepers if keeper.refusal is not None]
    passes = ErrorKind.TRANSIENT in (known or [refusal.kind])
    return as_it_stands(refusal, passes=passes)


def _hope(error: SourceError) -> tuple[bool, bool]:
    return error.kind is not ErrorKind.TRANSIENT, isinstance(error, IdentityChangedError)
