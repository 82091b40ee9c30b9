"""Connection strings: what is accepted, what must not travel in the clear, whom they name, and that they show nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from rtwidget.errors import CredentialsError
from rtwidget.sources.postgres.connect.address import Address, _parsed, checked_address
from rtwidget.sources.secret import Secret
from tests.unit.sources.postgres.shown import shown


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [one for one in os.environ if one.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def address(text: str, *, insecure: bool = False) -> Address:
    return checked_address(Secret(text), insecure=insecure)


def mode(text: str, *, insecure: bool = False) -> str | None:
    found = conninfo_to_dict(address(text, insecure=insecure).dsn.reveal()).get("sslmode")
    return None if found is None else str(found)


def test_urls_and_pairs_are_read_and_the_network_is_watched() -> None:
    for text in (
        "postgresql://me:pw@localhost:6000/db",
        "host=localhost port=6000 user=me password=pw dbname=db",
    ):
        found = address(text)
        parts = conninfo_to_dict(found.dsn.reveal())
        assert (parts["password"], parts["client_encoding"], parts["keepalives_idle"]) == (
            "pw",
            "UTF8",
            "15",
        )
        assert (found.host, found.server) == (
            "localhost:6000",
            ("postgres", "localhost", "6000", "db"),
        )
    assert (
        conninfo_to_dict(address("host=localhost keepalives_idle=99").dsn.reveal())[
            "keepalives_idle"
        ]
        == "99"
    )


@pytest.mark.parametrize(
    "text",
    [
        "nowhere",
        "https://ref.supabase.co",
        "postgresql+psycopg://me:hunter2@h/db",
        "host",
        "x=hunter2",
    ],
)
def test_what_is_none_is_refused_without_its_words(text: str) -> None:
    with pytest.raises(CredentialsError, match="no PostgreSQL connection string") as caught:
        address(text)
    assert "hunter2" not in shown(caught.value)
    with pytest.raises(CredentialsError, match="not a text"):
        checked_address(5, insecure=False)


def test_the_environment_says_what_the_string_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGPORT", "7000")
    assert address("dbname=d").host == "db.example:7000"
    assert mode("dbname=d") == "verify-full"
    assert mode("dbname=d host=localhost") is None
    monkeypatch.setenv("PGSSLMODE", "verify-ca")
    assert mode("dbname=d") is None
    monkeypatch.setenv("PGSSLMODE", "require")
    assert mode("dbname=d") == "verify-full"
    monkeypatch.setenv("PGSSLMODE", "prefer")
    with pytest.raises(CredentialsError):
        address("dbname=d")
    monkeypatch.setenv("PGHOSTADDR", "10.0.0.5")
    with pytest.raises(CredentialsError):
        address("host=localhost")


def test_the_identity_is_server_role_settings_and_password() -> None:
    base = "postgresql://me:pw@localhost/db"
    same = address(base).identity
    assert address("host=localhost user=me password=pw dbname=db").identity == same
    for other in (
        "postgresql://me:other@localhost/db",
        "postgresql://you:pw@localhost/db",
        "postgresql://me:pw@localhost/db2",
        "postgresql://me:pw@localhost:1/db",
        base + "?options=-c%20role%3Dx",
    ):
        assert address(other).identity != same


def test_an_address_shows_no_password() -> None:
    found = address("postgresql://me:hunter2@localhost/db?sslpassword=hunter3")
    assert "hunter" not in repr(found)
    assert "hunter" not in str(found.server) + found.identity + found.host


@pytest.mark.parametrize("name", ["password", "sslpassword"])
def test_what_proves_who_one_is_stands_in_no_text_that_is_kept(name: str) -> None:
    source = Secret(f"host=localhost dbname=db user=me {name}=hunter2")
    kept, secrets = _parsed(source) or ({}, Secret(""))
    assert kept == {"host": "localhost", "dbname": "db", "user": "me"}
    assert conninfo_to_dict(secrets.reveal()) == {name: "hunter2"}
    found = address(source.reveal())
    assert "hunter2" not in repr(found)
    assert conninfo_to_dict(found.dsn.reveal())[name] == "hunter2"
    assert found.identity != address(source.reveal().replace("hunter2", "other")).identity
