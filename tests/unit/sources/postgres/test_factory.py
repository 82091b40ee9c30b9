"""Where an argument leads: a connection string, or a `Postgres` that says all by itself."""

from __future__ import annotations

import sys

import pytest

from rtwidget import Postgres
from rtwidget.errors import ArgumentError, CredentialsError
from rtwidget.sources.postgres.factory import address_of
from rtwidget.sources.secret import Secret

DSN = "postgresql://me:hidden@db.example/app?sslmode=verify-full"
BARE = "postgresql://me:hidden@db.example/app"


@pytest.mark.parametrize("given", [DSN, Secret(DSN), Postgres(DSN)])
def test_a_text_a_secret_and_an_object_lead_to_the_same_place(given: object) -> None:
    assert address_of(given, argument="dsn", insecure=False) == Postgres(DSN).address


def test_insecure_beside_an_object_belongs_into_it() -> None:
    with pytest.raises(ArgumentError, match="insecure=True stands beside dsn=") as caught:
        address_of(Postgres(DSN), argument="dsn", insecure=True)
    assert "Postgres(..., insecure=True)" in caught.value.hint


def test_a_server_that_proves_nothing_is_taken_only_when_that_is_said() -> None:
    assert address_of(BARE, argument="dsn", insecure=False).is_proven
    clear = f"{BARE}?sslmode=disable"
    assert not address_of(clear, argument="dsn", insecure=True).is_proven
    with pytest.raises(CredentialsError) as caught:
        address_of(clear, argument="dsn", insecure=False)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("given", [5, None, b"host=h", ["host=h"]])
def test_what_is_no_text_is_refused(given: object) -> None:
    with pytest.raises(CredentialsError, match="not a text"):
        address_of(given, argument="dsn", insecure=False)


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtwidget.sources.postgres.connect.address", None)
    with pytest.raises(ArgumentError, match="source= needs the package psycopg") as caught:
        Postgres(DSN)
    assert "pip install 'rtwidget[postgres]'" in caught.value.hint
    assert caught.value.__cause__ is None
