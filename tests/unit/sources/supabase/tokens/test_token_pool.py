"""The tokens of one identity: the best one is given, and a refused one gives way."""

from __future__ import annotations

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind, IdentityChangedError, UnreachableError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from tests.unit.sources.supabase.tokens.token_tables import Tables, token


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.mark.parametrize("order", [(1000.0, 9000.0), (9000.0, 1000.0)])
async def test_the_token_that_lasts_longest_reads(
    tables: Tables, order: tuple[float, float]
) -> None:
    for exp in order:
        await tables.lend(token(exp))
    assert await tables.read() == [9000.0]


async def test_a_token_without_an_end_lasts_longest(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    await tables.lend(token_of(Secret("sb_opaque")))
    assert await tables.read() == [None]


async def test_a_refused_token_gives_way_to_the_next_and_is_not_tried_again(tables: Tables) -> None:
    best, _ = token(9000.0), await tables.lend(token(9000.0))
    await tables.lend(token(8000.0))
    await tables.lend(token(7000.0))
    tables.refused |= {best.secret, token(8000.0).secret}
    assert await tables.read() == [9000.0, 8000.0, 7000.0]
    assert await tables.read() == [7000.0]


async def test_only_when_none_is_left_the_read_fails_and_each_function_is_asked_once(
    tables: Tables,
) -> None:
    bad = [token(exp) for exp in (9000.0, 9001.0, 9002.0, 9003.0)]
    tables.refused |= {each.secret for each in bad}
    await tables.lend(bad[0], *bad[1:])
    with pytest.raises(AuthenticationError, match="JWT expired"):
        await tables.read()
    assert tables.read_with == [9000.0, 9001.0]
    # A read that is tried again asks again, as after `refresh()`.
    with pytest.raises(AuthenticationError, match="JWT expired"):
        await tables.read()
    assert tables.read_with == [9001.0, 9002.0]


async def test_a_token_that_has_ended_by_this_clock_is_tried_all_the_same(tables: Tables) -> None:
    tables.now = 5000.0
    await tables.lend(token(1000.0))
    assert await tables.read() == [1000.0]


async def test_a_function_that_fails_for_now_makes_the_read_wait_not_fail(tables: Tables) -> None:
    ended, trouble = token(1000.0), UnreachableError("No answer.")
    await tables.lend(ended, trouble, trouble, trouble)
    tables.refused.add(ended.secret)
    with pytest.raises(UnreachableError):
        await tables.read()


async def test_the_next_table_is_asked_when_the_best_one_cannot_renew(tables: Tables) -> None:
    await tables.lend(token(1000.0), AuthenticationError("Signed out."))
    await tables.lend(token(999.0), token(5000.0))
    tables.now = 1000.0
    assert await tables.read() == [5000.0]


async def test_a_closed_table_lends_nothing_and_is_not_asked(tables: Tables) -> None:
    lent, keeper = await tables.lend(token(9000.0), AuthenticationError("Asked after the close."))
    await tables.lend(token(100.0))
    lent.withdraw()
    assert await tables.read() == [100.0]
    assert keeper.usable
    tables.now = 99.0
    assert await tables.read() == [100.0]


async def test_nobody_who_lends_is_a_trouble_that_passes(tables: Tables) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await tables.pool.current()
    assert caught.value.kind is ErrorKind.TRANSIENT


async def test_somebody_else_is_never_read_with_and_others_go_on(tables: Tables) -> None:
    changed, keeper = await tables.lend(token(9000.0), token(9000.0, "b"), token(9000.0, "b"))
    await tables.lend(token(5000.0))
    assert (await tables.pool.current(ask=True)).expires_at == 5000.0
    assert (keeper.named_another, keeper.doubt.is_set()) == (True, True)
    assert await tables.read() == [5000.0]
    with pytest.raises(IdentityChangedError):
        await changed.current(ask=True)


async def test_the_identity_has_changed_when_every_table_says_so(tables: Tables) -> None:
    await tables.lend(token(9000.0), token(9000.0, "b"))
    await tables.lend(token(8000.0), token(9000.0, "c"))
    with pytest.raises(IdentityChangedError):
        await tables.pool.current(ask=True)


async def test_a_token_that_realtime_refused_is_the_last_to_join_with(tables: Tables) -> None:
    _, keeper = await tables.lend(token(9000.0))
    await tables.lend(token(5000.0))
    tables.pool.note_realtime_refusal(token(9000.0))
    assert (await tables.pool.current(ask=True)).expires_at == 5000.0
    assert (keeper.refusal, keeper.refused_by_realtime) == (None, True)
