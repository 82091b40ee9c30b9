"""A row is touched by one column that takes a value, with the value that it has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from rtwidget.abc import TableQuery
from rtwidget.doctor.supabase import touch as touching
from rtwidget.errors import PermissionDeniedError, SourceError
from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.credentials import find_credentials
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.rest.rest_reads import Rows
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from tests.unit.sources.supabase.tokens.jwt import jwt

CREDENTIALS = find_credentials(
    url="http://localhost:1", key="k", access_token=None, client=None, realtime_url=None
)

Touch = Callable[["Server"], Awaitable[None]]


class Server:
    """Holds one row, or none, and answers each change in turn."""

    def __init__(self, row: dict[str, Cell], *answers: int | SourceError | None) -> None:
        self.row, self.answers = row, list(answers)
        self.changes: list[tuple[str, bytes]] = []
        self.closed = False

    async def rows(self, query: str, _: Token) -> Rows:
        assert query == "select=%2A&id=eq.7"
        return Rows(tuple(self.row), [tuple(self.row.values())] if self.row else [], 2, None)

    async def change(self, where: str, body: bytes, _: Token) -> int | None:
        self.changes.append((where, body))
        answer = self.answers.pop(0)
        if isinstance(answer, SourceError):
            raise answer
        return answer

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Touch:
    async def touch(server: Server) -> None:
        monkeypatch.setattr(touching, "RestClient", lambda *_: server)
        keeper = TokenKeeper(Secret(jwt(role="web")), None)
        try:
            await touching.touch(CREDENTIALS, TableQuery("app", "t"), keeper, ("id",), ["7"])
        finally:
            assert server.closed

    return touch


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        (NumberText("0.10"), b'{"n":0.10}'),
        ('a"b', b'{"n":"a\\"b"}'),
        (None, b'{"n":null}'),
        (True, b'{"n":true}'),
        (2**60, b'{"n":1152921504606846976}'),
    ],
)
async def test_a_column_that_is_no_key_is_set_to_what_it_is(
    touched: Touch, cell: Cell, body: bytes
) -> None:
    server = Server({"id": 7, "n": cell}, 1)
    await touched(server)
    assert server.changes == [("id=eq.7", body)]


async def test_documents_and_generated_columns_are_left_for_another(touched: Touch) -> None:
    generated = SourceError("can only be updated to DEFAULT", code="428C9")
    server = Server({"id": 7, "tags": JsonText("[1]"), "sum": 3, "n": 4}, generated, 1)
    await touched(server)
    assert [body for _, body in server.changes] == [b'{"sum":3}', b'{"n":4}']


async def test_a_server_that_does_not_count_is_believed(touched: Touch) -> None:
    await touched(Server({"id": 7, "n": 1}, None))


@pytest.mark.parametrize(
    "server",
    [
        Server({}),
        Server({"id": 7, "n": 1}, 0),
        Server({"id": JsonText("{}")}),
    ],
    ids=["not there", "no policy", "nothing to set"],
)
async def test_a_row_that_nobody_changed_is_said(touched: Touch, server: Server) -> None:
    with pytest.raises(SourceError, match=r"none has this key \(id\)"):
        await touched(server)


async def test_a_role_that_may_only_read_is_named(touched: Touch) -> None:
    server = Server({"id": 7, "n": 1}, PermissionDeniedError("permission denied", code="42501"))
    with pytest.raises(PermissionDeniedError, match=r"role web may not change app\.t"):
        await touched(server)


async def test_any_other_refusal_is_raised_and_nothing_else_tried(touched: Touch) -> None:
    refusal = SourceError("violates a check", code="23514")
    server = Server({"id": 7, "n": 1, "m": 2}, refusal)
    with pytest.raises(SourceError) as caught:
        await touched(server)
    assert caught.value is refusal
    assert len(server.changes) == 1
