"""Credentials that are missing, refused or forged: each ends in an error that says which to set."""

from __future__ import annotations

import pytest

from rtwidget.errors import (
    CredentialsError,
    KeyNotUniqueError,
)
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, until_true


def test_a_token_function_that_fails_is_named_and_asked_again(
    open_table: OpenTable, table: str
) -> None:
    live = open_table(access_token=lambda: 1 / 0)
    until_true(lambda: live.status.attempt >= 1, "A failed attempt")
    problem = live.status.error
    assert problem is not None
    assert "ZeroDivisionError" in problem.message
    assert problem.hint
    assert live.status.retry_at is not None


def test_without_credentials_it_says_which_to_set(
    open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in (
        "SUPABASE_URL",
        "SUPABASE_KEY",
        "SUPABASE_PUBLISHABLE_KEY",
        "SUPABASE_ANON_KEY",
    ):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(CredentialsError, match="SUPABASE_URL"):
        open_table("anything", url=None)
    with pytest.raises(CredentialsError, match="SUPABASE_KEY"):
        open_table("anything", key=None)


def test_the_environments_credentials_are_enough(
    backend: LocalBackend, open_table: OpenTable, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPABASE_URL", backend.url)
    monkeypatch.setenv("SUPABASE_KEY", backend.anon_key)
    assert open_table(url=None, key=None).df.index.tolist() == [1]


@pytest.mark.parametrize("key", ["anon_key", "service_key"])
def test_a_table_without_a_key_asks_for_one_and_works_with_one(
    backend: LocalBackend, name: str, open_table: OpenTable, key: str
) -> None:
    backend.sql(f"create table {name} (code text not null, n int)")
    backend.sql(f"insert into {name} values ('a', 1), ('b', 2)")
    with pytest.raises(KeyNotUniqueError, match="primary_key="):
        open_table(key=getattr(backend, key)).wait_ready()
    found = open_table(key=getattr(backend, key), primary_key="code").df
    assert found.index.tolist() == ["a", "b"]
