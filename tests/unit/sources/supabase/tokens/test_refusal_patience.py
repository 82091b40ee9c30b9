"""Refusals of tokens: those that pass are tried again, those that repeat for a minute need the user."""

from __future__ import annotations

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.tokens.refusal_patience import REFUSED_S, Patience, has_ended
from tests.unit.sources.supabase.tokens.token_tables import Tables, token

T, TOKEN = ErrorKind.TRANSIENT, ErrorKind.NEEDS_TOKEN


def passing() -> AuthenticationError:
    return AuthenticationError("JWT issued at future", "hint", code="PGRST303", kind=T)


def test_a_refusal_passes_until_it_has_repeated_for_a_minute() -> None:
    patience = Patience()
    kinds = [patience.refused(passing(), now).kind for now in (5.0, 6.0, 64.9, 65.0, 70.0)]
    assert kinds == [T, T, T, TOKEN, TOKEN]


def test_an_accepted_token_begins_the_minute_anew() -> None:
    patience = Patience()
    patience.refused(passing(), 0.0)
    patience.accepted()
    assert patience.refused(passing(), REFUSED_S).kind is T


def test_a_refusal_long_after_the_last_is_another_trouble() -> None:
    patience = Patience()
    patience.refused(passing(), 0.0)
    assert patience.refused(passing(), 10 * REFUSED_S).kind is T


def test_what_no_time_mends_is_not_waited_for_and_words_are_kept() -> None:
    error = AuthenticationError("JWT expired", "hint", code="PGRST303", retry_after_s=3.0)
    known = Patience().refused(error, 0.0)
    assert (known.kind, known.args, known.code, known.retry_after_s) == (
        TOKEN,
        error.args,
        "PGRST303",
        3.0,
    )
    assert known is not error


@pytest.mark.parametrize(
    ("expires_at", "date", "ended"),
    [
        (784111777.0, "Sun, 06 Nov 1994 08:49:37 GMT", True),
        (784111778.0, "Sun, 06 Nov 1994 08:49:37 GMT", False),
        (784111777.0, "yesterday", False),
        (784111777.0, "", False),
    ],
)
def test_a_token_ends_by_the_servers_clock(
    expires_at: float,
    date: str,
    ended: bool,  # noqa: FBT001
) -> None:
    assert has_ended(token(expires_at), {"date": date}) is ended
    assert not has_ended(token(expires_at), {})
    assert not has_ended(token_of(Secret("sb_publishable_x")), {"date": date})


async def test_a_fixed_token_is_tried_again_until_it_is_taken() -> None:
    tables = Tables()
    _, keeper = await tables.lend(token(9000.0))
    tables.trouble = passing()
    for _ in range(2):
        with pytest.raises(AuthenticationError, match="at future") as caught:
            await tables.read()
        assert caught.value.kind is T
    assert keeper.refusal is not None
    tables.trouble = None
    assert await tables.read() == [9000.0]
    assert keeper.refusal is None


async def test_a_fixed_token_that_is_refused_for_a_minute_needs_the_user() -> None:
    tables = Tables()
    await tables.lend(token(9000.0))
    tables.trouble, kinds = passing(), []
    for tables.now in (0.0, 59.0, 60.0):
        with pytest.raises(AuthenticationError) as caught:
            await tables.read()
        kinds.append(caught.value.kind)
    assert kinds == [T, T, TOKEN]


async def test_a_refused_token_that_others_stand_in_for_is_asked_about_until_it_is_taken() -> None:
    tables = Tables()
    lent, keeper = await tables.lend(token(9000.0))
    await tables.lend(token(8000.0))
    keeper.refuse(token(9000.0), passing())
    tables.trouble = passing()
    with pytest.raises(AuthenticationError) as caught:
        await lent.current()
    assert caught.value.kind is T
    assert lent.renew_in_s() == pytest.approx(15.0)
    tables.trouble = None
    assert (await lent.current()).expires_at == 9000.0
    assert keeper.refusal is None
