"""Sessions of supabase-py clients, sync and async: used, refreshed, and told by type when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.local import LocalBackend

from .conftest import Open


async def ids(source: Any) -> list[int]:
    return [row[0] for row in (await source.read_page(None, None, 10)).rows]


class Auth:
    """Stands for the `auth` of a supabase-py client."""

    def __init__(self, *texts: str | None) -> None:
        self.texts = list(texts)
        self.refreshed = 0

    def get_session(self) -> Any:
        text = self.texts[0]
        return None if text is None else SimpleNamespace(access_token=text)

    def refresh_session(self) -> Any:
        self.refreshed += 1
        self.texts.pop(0)
        return SimpleNamespace(session=self.get_session())


class AsyncAuth(Auth):
    """The same of an async client."""

    async def get_session(self) -> Any:
        return super().get_session()

    async def refresh_session(self) -> Any:
        self.refreshed += 1
        self.texts.pop(0)
        return SimpleNamespace(session=super().get_session())


@pytest.fixture(params=[Auth, AsyncAuth])
def auth_type(request: pytest.FixtureRequest) -> Iterator[type[Auth]]:
    return request.param  # type: ignore[no-any-return]


async def test_a_clients_session_is_used_and_refreshed(
    backend: LocalBackend, opened: Open, auth_type: type[Auth]
) -> None:
    auth = auth_type(
        backend.token("authenticated", "ada", ttl_s=-200), backend.token("authenticated", "ada")
    )
    client = SimpleNamespace(supabase_url=backend.url, supabase_key=backend.anon_key, auth=auth)
    source = await opened(url=None, key=None, client=client)
    assert await ids(source) == [1, 2, 3, 4, 5]
    assert auth.refreshed == 1


async def test_a_client_without_a_session_reads_with_its_key(
    backend: LocalBackend, opened: Open, auth_type: type[Auth]
) -> None:
    client = SimpleNamespace(
        supabase_url=backend.url, supabase_key=backend.anon_key, auth=auth_type(None)
    )
    assert await ids(await opened(url=None, key=None, client=client)) == [1, 2, 3, 4, 5]


async def test_a_client_that_fails_is_told_by_type_alone(
    backend: LocalBackend, opened: Open, auth_type: type[Auth]
) -> None:
    client = SimpleNamespace(
        supabase_url=backend.url, supabase_key=backend.anon_key, auth=auth_type()
    )
    with pytest.raises(AuthenticationError, match="IndexError") as caught:
        await opened(url=None, key=None, client=client)
    assert caught.value.kind is ErrorKind.TRANSIENT


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (0, ErrorKind.TRANSIENT),
        (400, ErrorKind.NEEDS_TOKEN),
        (403, ErrorKind.NEEDS_TOKEN),
        (429, ErrorKind.TRANSIENT),
        (503, ErrorKind.TRANSIENT),
    ],
)
async def test_only_a_refused_session_needs_another_token(
    backend: LocalBackend, opened: Open, status: int, kind: ErrorKind
) -> None:
    errors = pytest.importorskip("supabase_auth.errors")

    class Failing(Auth):
        def get_session(self) -> Any:
            raise errors.AuthApiError("secret", status, None)

    client = SimpleNamespace(
        supabase_url=backend.url, supabase_key=backend.anon_key, auth=Failing()
    )
    with pytest.raises(AuthenticationError, match="AuthApiError") as caught:
        await opened(url=None, key=None, client=client)
    assert caught.value.kind is kind
    assert "secret" not in str(caught.value)


async def test_a_real_client_of_either_kind_works(backend: LocalBackend, opened: Open) -> None:
    supabase = pytest.importorskip("supabase")
    sync_client = supabase.create_client(backend.url, backend.anon_key)
    async_client = await supabase.create_async_client(backend.url, backend.anon_key)
    for client in (sync_client, async_client):
        assert await ids(await opened(url=None, key=None, client=client)) == [1, 2, 3, 4, 5]
