"""A table's own token: it is shown to be good where rows are read with another, and fails its table alone."""

from __future__ import annotations

import pytest

from rtwidget.errors import AuthenticationError, PermissionDeniedError, UnreachableError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.tokens.lent_token import TRIED_AGAIN_S
from tests.unit.sources.supabase.tokens.token_tables import Tables, token


@pytest.fixture
def tables() -> Tables:
    return Tables()


async def test_the_first_table_proves_nothing_and_the_next_one_asks_for_no_row(
    tables: Tables,
) -> None:
    first, _ = await tables.lend(token(9000.0))
    await first.current(ask=True)
    assert tables.read_with == []
    second, keeper = await tables.lend(token(5000.0))
    assert (tables.read_with, keeper.proven) == ([5000.0], True)
    await second.current(ask=True)
    assert tables.read_with == [5000.0]


async def test_the_token_that_already_reads_need_not_be_proven_again(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    await tables.read()
    tables.read_with = []
    await tables.lend(token(9000.0))
    assert tables.read_with == []


async def test_a_token_that_is_refused_is_not_lent(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    tables.refused.add(token(99000.0).secret)
    with pytest.raises(AuthenticationError, match="JWT expired") as caught:
        await tables.lend(token(99000.0))
    assert "`access_token=`" in caught.value.hint
    assert await tables.read() == [9000.0]


async def test_nobody_can_tell_while_nothing_answers(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    tables.trouble = UnreachableError("No answer.")
    with pytest.raises(UnreachableError):
        await tables.lend(token(5000.0))


async def test_who_may_not_read_the_table_has_a_good_token(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    tables.trouble = PermissionDeniedError("No.")
    _, keeper = await tables.lend(token(5000.0))
    assert keeper.proven


async def test_a_token_that_ended_on_its_way_is_asked_for_again(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    tables.refused.add(token(5000.0).secret)
    lent, keeper = await tables.lend(token(5000.0), token(8000.0))
    assert (tables.read_with, keeper.proven) == ([5000.0, 8000.0], True)
    assert (await lent.current()).expires_at == 8000.0


async def test_a_refused_token_fails_its_own_table_while_others_read(tables: Tables) -> None:
    fixed, keeper = await tables.lend(token(9000.0))
    called, _ = await tables.lend(token(8000.0), token(8000.0), token(8000.0))
    await tables.lend(token(7000.0))
    tables.refused |= {token(9000.0).secret, token(8000.0).secret}
    assert await tables.read() == [9000.0, 8000.0, 7000.0]
    assert keeper.doubt.is_set()
    for lent, hint in ((fixed, "a function that returns a fresh token"), (called, "asks the")):
        assert lent.spared
        with pytest.raises(AuthenticationError, match="JWT expired") as caught:
            await lent.current(ask=True)
        assert hint in caught.value.hint
        assert caught.value.code == "PGRST303"


async def test_the_last_token_is_left_to_the_reads(tables: Tables) -> None:
    lent, _ = await tables.lend(token(9000.0))
    tables.refused.add(token(9000.0).secret)
    with pytest.raises(AuthenticationError):
        await tables.read()
    assert not lent.spared
    await lent.current(ask=True)
    tables.refused.clear()
    assert await tables.read() == [9000.0]
    assert lent.spared is False


async def test_a_token_that_has_ended_is_tried_until_the_server_says_so(tables: Tables) -> None:
    await tables.lend(token(9000.0))
    lent, _ = await tables.lend(token(1000.0))
    assert lent.renew_in_s() == 1000.0
    tables.now = 1010.0
    tables.read_with = []
    await lent.current()
    assert (tables.read_with, lent.renew_in_s()) == ([1000.0], TRIED_AGAIN_S)
    tables.refused.add(token(1000.0).secret)
    with pytest.raises(AuthenticationError):
        await lent.current()


async def test_a_token_that_realtime_refused_is_shown_to_the_rest_api_once_more(
    tables: Tables,
) -> None:
    lent, keeper = await tables.lend(token(9000.0))
    await tables.lend(token(5000.0))
    await tables.read()
    tables.pool.note_realtime_refusal(token(9000.0))
    assert keeper.doubt.is_set()
    tables.read_with = []
    await lent.current()
    await lent.current()
    assert tables.read_with == [9000.0]
    keeper.refused_by_realtime = False
    tables.pool.note_realtime_refusal(token(9000.0))
    tables.refused.add(token(9000.0).secret)
    with pytest.raises(AuthenticationError, match="JWT expired"):
        await lent.current()


async def test_what_never_ends_need_not_be_asked_for(tables: Tables) -> None:
    lent, _ = await tables.lend(token_of(Secret("sb_opaque")))
    assert lent.renew_in_s() is None
    called, _ = await tables.lend(token(1000.0), token(2000.0))
    assert called.renew_in_s() == 940.0
