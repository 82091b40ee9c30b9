"""Which grant ends a refusal, in the SQL of either source."""

from __future__ import annotations

import json

import pytest
from psycopg import sql

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    PermissionDeniedError,
    SourceError,
)
from rtwidget.sources.refused.grants import granting
from rtwidget.sources.supabase.errors import rest_error

WANTED = TableQuery("public", "t")


def over_rest(code: str, message: str, hint: str = "") -> SourceError:
    body = json.dumps({"code": code, "message": message, "hint": hint or None, "details": None})
    return rest_error(500, {}, body.encode(), WANTED)


@pytest.mark.parametrize(
    ("said", "grant"),
    [
        ("permission denied for table t", "grant select on public.t to anon, authenticated;"),
        ("permission denied for table profiles", "grant select on profiles to anon, authenticated;"),
        ("permission denied for schema private", "grant usage on schema private to anon, authenticated;"),
        ("permission denied for function is_member", "grant execute on function is_member to anon, authenticated;"),
        ('permission denied to set role "editor"', "grant editor to authenticator;"),
    ],
)  # fmt: skip
def test_the_grant_is_of_what_was_denied(said: str, grant: str) -> None:
    error = over_rest("42501", said)
    assert isinstance(error, PermissionDeniedError)
    assert f"`{grant}`" in error.hint


def test_names_in_a_grant_are_quoted_as_the_source_quotes() -> None:
    def quoted(name: str) -> str:
        return sql.Identifier(name).as_string()

    said = "permission denied for view My View"
    assert (
        granting(said, "t", '"public"."t"', '"web"', quoted)
        == 'grant select on "My View" to "web";'
    )
