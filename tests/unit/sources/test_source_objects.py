"""`Supabase` and `Postgres`: refused in a sentence, shown to nobody, compared by where they lead, and made once for many tables."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from rtwidget import Postgres, Supabase
from rtwidget.errors import ArgumentError, CredentialsError
from rtwidget.sources.query.checked_query import checked_query
from tests.unit.sources.supabase.project_client import Client

URL = "https://ref.supabase.co"
KEY = "sb_publishable_hidden"
DSN = "postgresql://me:hidden@db.example/app?sslmode=verify-full"
PROJECT = Supabase(url=URL, key=KEY, access_token="hidden")
SERVER = Postgres(DSN)
UNTYPED: dict[str, Any] = {"text": "no", "number": 5, "none": None}
OBJECTS = pytest.mark.parametrize("source", [PROJECT, SERVER], ids=["supabase", "postgres"])


@OBJECTS
def test_nothing_shows_what_is_secret(source: Supabase | Postgres) -> None:
    assert "hidden" not in repr(source) + str(source) + f"{source}"
    slots = [getattr(source, name) for name in type(source).__slots__]
    assert "hidden" not in repr(slots)
    assert not hasattr(source, "__dict__")


def test_a_repr_says_where_it_leads() -> None:
    assert repr(PROJECT) == f"Supabase(url='{URL}', key=***, access_token=***)"
    assert repr(Supabase(url=URL, key=KEY)) == f"Supabase(url='{URL}', key=***)"
    assert repr(SERVER) == "Postgres(*** at db.example:5432)"
    assert repr(Postgres("host=h", insecure=True)) == "Postgres(*** at h:5432, insecure=True)"


@OBJECTS
def test_it_cannot_be_changed_or_pickled_and_is_its_own_copy(source: Supabase | Postgres) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="holds secrets"):
            pickle.dumps(source, protocol)
    assert copy.copy(source) is source
    assert copy.deepcopy([source]) == [source]
    for name in (*type(source).__slots__, "key", "other"):
        with pytest.raises(AttributeError, match="cannot be changed"):
            setattr(source, name, 1)
        with pytest.raises(AttributeError, match="cannot be changed"):
            delattr(source, name)


def test_equal_ones_are_equal_however_they_were_spelled() -> None:
    same = Supabase(url=f"{URL}/rest/v1/", key=f" {KEY}\n", access_token="hidden")
    assert same == PROJECT
    assert len({same, PROJECT}) == 1
    assert Postgres("host=h user=me", insecure=True) == Postgres("user=me host=h", insecure=True)
    assert len({SERVER, Postgres(DSN)}) == 1


def test_another_place_or_reader_is_another_one() -> None:
    others: list[Any] = [
        Supabase(url="https://other.supabase.co", key=KEY, access_token="hidden"),
        Supabase(url=URL, key="k", access_token="hidden"),
        Supabase(url=URL, key=KEY, access_token="another"),
        Supabase(url=URL, key=KEY),
        Supabase(url=URL, key=KEY, access_token="hidden", realtime_url="wss://h/socket/websocket"),
        Supabase(url=URL, key=KEY, client=Client()),
        SERVER,
        "hidden",
    ]
    assert [other for other in others if other == PROJECT] == []
    dsns = [DSN, DSN.replace("me:", "you:"), DSN.replace("hidden", "x"), DSN.replace("app", "b")]
    assert len({Postgres(dsn) for dsn in dsns}) == len(dsns)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: Supabase(url="ftp://x", key="k"), CredentialsError, "url must begin"),
        (lambda: Supabase(url=URL, key="two words"), CredentialsError, "key holds spaces"),
        (lambda: Supabase(url=URL, key="k", client=5), CredentialsError, "not a Supabase client"),
        (lambda: Supabase(url="http://far.away", key="k"), CredentialsError, "in the clear"),
        (
            lambda: Supabase(url=URL, key="k", insecure=UNTYPED["text"]),
            ArgumentError,
            "insecure is 'no'",
        ),
        (lambda: Postgres(UNTYPED["number"]), CredentialsError, "source is a int"),
        (lambda: Postgres(URL), CredentialsError, "source"),
        (lambda: Postgres(DSN, insecure=UNTYPED["none"]), ArgumentError, "insecure is None"),
    ],
)
def test_what_cannot_work_is_refused_when_it_is_made(
    make: Any, error: type[ArgumentError], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        make()
    assert caught.value.hint


async def test_tables_of_equal_objects_share_a_feed_and_others_do_not() -> None:
    def other_token() -> str:
        return "other"

    async def key_of(source: Supabase | Postgres, table: str = "t") -> object:
        return (await source.request_for(checked_query(table)).resolve()).feed_key

    same = Supabase(url=f"{URL}/", key=KEY, access_token=lambda: "hidden")
    assert await key_of(PROJECT) == await key_of(PROJECT) == await key_of(same)
    assert await key_of(PROJECT) != await key_of(PROJECT, "u")
    assert await key_of(PROJECT) != await key_of(
        Supabase(url=URL, key=KEY, access_token=other_token)
    )
    assert await key_of(SERVER) == await key_of(Postgres(DSN))
    assert await key_of(SERVER) != await key_of(Postgres(DSN.replace("me:", "you:")))
