"""`Supabase`: who is equal to whom, and what each table of one has for itself; beside `test_source_objects.py`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from rtwidget import Supabase
from rtwidget.errors import CredentialsError
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.secret import Secret
from tests.unit.sources.supabase.project_client import Client

URL, KEY = Client.supabase_url, Client.supabase_key


def test_functions_and_clients_count_as_the_ones_they_are() -> None:
    @dataclass
    class Token:  # equal to others of its kind, and not hashable
        def __call__(self) -> str:
            return "t"

    token, client = Token(), Client()
    one = Supabase(url=URL, key=KEY, access_token=token)
    assert one == Supabase(url=URL, key=KEY, access_token=token)
    assert hash(one) == hash(Supabase(url=URL, key=KEY, access_token=token))
    assert one != Supabase(url=URL, key=KEY, access_token=lambda: "t")
    assert Supabase(client=client) == Supabase(client=client)
    assert Supabase(client=client) != Supabase(client=Client())


async def test_each_table_of_a_client_asks_for_a_new_token_only_when_its_own_was_refused() -> None:
    class Session:
        renewed = 0

        @property
        def access_token(self) -> str:
            return f"token-{self.renewed}"

        def get_session(self) -> Session:
            return self

        def refresh_session(self) -> Any:
            self.renewed += 1
            return type("Answer", (), {"session": self})

    client = Client()
    client.auth = session = Session()  # type: ignore[assignment]
    source = Supabase(client=client)
    fetches = [source.request_for(checked_query(name)).credentials.fetch for name in "tu"]  # type: ignore[attr-defined]
    await asyncio.gather(*(fetch(renew=False) for fetch in fetches))
    # Both were given the first one, and it was refused to both: the second finds it renewed already.
    assert [(await fetch(renew=True)).reveal() for fetch in fetches] == ["token-1", "token-1"]
    assert session.renewed == 1


def test_its_key_is_a_secret() -> None:
    assert Supabase(url=URL, key=f" {KEY}\n").key == Secret(KEY)


def test_a_token_that_is_given_stands_for_the_session_of_a_client() -> None:
    one = Supabase(client=Client(), access_token="hidden")
    assert one == Supabase(client=Client(), access_token="hidden")
    assert repr(one) == f"Supabase(url='{URL}', key=***, access_token=***)"


def test_what_travels_in_the_clear_is_shown() -> None:
    assert repr(Supabase(url="http://far.away", key=KEY, insecure=True)).endswith("insecure=True)")


def test_without_arguments_the_environment_names_the_project(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUPABASE_URL", URL)
    monkeypatch.setenv("SUPABASE_KEY", KEY)
    assert Supabase() == Supabase(url=URL, key=KEY)
    monkeypatch.delenv("SUPABASE_URL")
    with pytest.raises(CredentialsError, match="url"):
        Supabase()
