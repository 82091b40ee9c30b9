"""Which of several tokens is the best, without asking anybody for one."""

from __future__ import annotations

from rtwidget.errors import (
    AuthenticationError,
    ErrorKind,
    IdentityChangedError,
    SourceError,
    UnreachableError,
)
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.token_choice import TokenChoice, most_telling
from rtwidget.sources.supabase.tokens.token_keeper import RENEW_BEFORE_S, TokenKeeper
from tests.unit.sources.supabase.tokens.jwt import KEY
from tests.unit.sources.supabase.tokens.token_tables import EXPIRED, token


def choice(*tokens: Token) -> TokenChoice:
    keepers = []
    for one in tokens:
        keeper = TokenKeeper(KEY, None, lambda: 0.0, monotonic=lambda: 0.0)
        keeper.pin(one)
        keepers.append(keeper)
    return TokenChoice(keepers, lambda: 0.0)


def test_the_longest_comes_first_and_a_refused_one_last() -> None:
    short, long = token(100.0), token(900.0)
    found = choice(short, long)
    assert [keeper.token for keeper in found.in_order()] == [long, short]
    found.holding(long)[0].refuse(long, EXPIRED)
    assert [keeper.token for keeper in found.in_order()] == [short, long]
    assert (found.untried(set()), found.untried({short.secret})) == (short, None)


def test_a_token_is_replaced_a_minute_early_and_at_once_when_it_was_refused() -> None:
    one = token(900.0)
    found = choice(one)
    assert found.lasts_s(one) == 900.0 - RENEW_BEFORE_S
    assert found.lasts_s(token(1.0)) == 0.0
    found.holding(one)[0].refuse(one, EXPIRED)
    assert found.lasts_s(one) == 0.0


def test_better_is_another_that_lasts_longer_or_stands_for_a_refused_one() -> None:
    short, long = token(100.0), token(900.0)
    found = choice(short, long)
    assert found.is_better(long, short)
    assert not found.is_better(short, long)
    assert not found.is_better(long, long)
    found.holding(long)[0].refuse(long, EXPIRED)
    assert found.is_better(short, long)


def test_of_failures_the_one_that_time_mends_is_told_and_another_identity_last() -> None:
    passes = UnreachableError("No answer.")
    failures: list[SourceError] = [IdentityChangedError("x"), AuthenticationError("x"), passes]
    assert most_telling(failures) is passes
    assert most_telling(failures[:2]) is failures[1]
    assert most_telling([]).kind is ErrorKind.TRANSIENT
