"""What a view, a policy or the server itself does to a read: one meaning for both sources, its end, and the exact remedy."""

from __future__ import annotations

import json
from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    AuthenticationError,
    ErrorKind,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.sources.postgres.announcing.setup_errors import setup_error
from rtwidget.sources.postgres.errors import Said, refusal_error
from rtwidget.sources.refused.grants import granting
from rtwidget.sources.refused.statements import statement_refusal
from rtwidget.sources.supabase.errors import rest_error

WANTED = TableQuery("public", "t")
RELATION = '"public"."t"'
T, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_USER


def over_rest(code: str, message: str, hint: str = "") -> SourceError:
    body = json.dumps({"code": code, "message": message, "hint": hint or None, "details": None})
    return rest_error(500, {}, body.encode(), WANTED)


def on_postgres(code: str, message: str, hint: str = "") -> SourceError:
    common = statement_refusal(code, message, RELATION, "t")
    return common or refusal_error(Said(code, message, hint), RELATION, "web", "grant it;")


@pytest.mark.parametrize("source", [over_rest, on_postgres])
@pytest.mark.parametrize(
    ("code", "message", "remedy", "kind"),
    [
        ("42P17", 'infinite recursion detected in policy for relation "t"', "`security definer`", USER),
        ("42704", 'unrecognized configuration parameter "app.user"', "`current_setting('app.user', true)`", USER),
        ("55000", 'materialized view "m" has not been populated', '`refresh materialized view "m";`', T),
        ("53100", "could not extend file: No space left on device", "free space", T),
        ("25006", "cannot execute nextval() in a read-only transaction", "Take out what writes", USER),
        ("42P01", 'relation "public.gone" does not exist', "policies", USER),
        ("42601", 'syntax error at or near "lateral"', "policies", USER),
        ("42809", '"t" is an index', "policies", USER),
        ("0A000", "unimplemented: this is not supported", "policies", USER),
        ("0A000", "cached plan must not change result type", "tried again", T),
    ],
)  # fmt: skip
def test_the_fault_has_its_remedy_and_its_end_on_both_sources(
    source: Callable[[str, str], SourceError], code: str, message: str, remedy: str, kind: ErrorKind
) -> None:
    error = source(code, message)
    assert message in error.message
    assert remedy in error.hint
    assert (error.kind, error.code) == (kind, code)
    assert ("tried again" in error.hint) is (kind is T)


@pytest.mark.parametrize("source", [over_rest, on_postgres])
def test_what_passes_is_tried_again_and_what_the_database_suggests_is_told(
    source: Callable[..., SourceError],
) -> None:
    for code in ("40001", "55P03", "42P05"):
        error = source(code, "not now", "Try this")
        assert error.kind is T
        assert "Try this." in error.hint
    assert "Try this." in source("0A000", "not ever", "Try this").hint


@pytest.mark.parametrize("source", [over_rest, on_postgres])
def test_the_table_itself_that_is_not_there_stays_so(
    source: Callable[[str, str], SourceError],
) -> None:
    for name in ("t", "public.t"):
        assert type(source("42P01", f'relation "{name}" does not exist')) is TableNotFoundError


def test_a_token_of_an_unknown_role_is_a_token_that_is_refused() -> None:
    error = over_rest("22023", 'role "editor" does not exist')
    assert isinstance(error, AuthenticationError)
    assert 'create role "editor"' in error.hint


def test_an_api_without_a_secret_needs_its_setting() -> None:
    error = over_rest("PGRST300", "Server lacks JWT secret")
    assert error.kind is USER
    assert "PGRST_JWT_SECRET" in error.hint


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
    assert granting(said, "t", RELATION, '"web"', quoted) == 'grant select on "My View" to "web";'


def test_a_database_that_is_read_only_is_told_to_who_enables() -> None:
    error = setup_error(
        psycopg.errors.ReadOnlySqlTransaction("cannot execute CREATE FUNCTION"), "t"
    )
    assert error.kind is USER
    assert "`default_transaction_read_only`" in error.hint
