"""The body of a PATCH, and the statement that it becomes."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.media import negotiate
from rtwidget.local.rest.query.rest_query import parse_query
from rtwidget.local.rest.query.update_sql import Payload, read_payload, update
from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.rest.schema_cache.relation import Relation, RelationColumn

TABLE = Relation("public", "t", 5, 0)
COLUMNS = [
    RelationColumn("id", "integer", is_key=True),
    RelationColumn("a", "text", is_key=False),
]
BY_ID = parse_query([("id", "eq.1")])


def payload_of(body: str, kind: str | None = None, columns: str | None = None) -> Payload:
    query = parse_query([("columns", columns)] if columns is not None else [])
    return read_payload(body.encode(), kind, query, fills_defaults=False)


def written(payload: Payload, *, returns: bool = False) -> str:
    media = negotiate(None) if returns else None
    return update(TABLE, COLUMNS, BY_ID, payload, media, returns_rows=returns).as_string()


@pytest.mark.parametrize(
    ("body", "columns", "is_list"),
    [
        ('{"b": 1, "a": 2}', ("a", "b"), False),
        ('[{"a": 1}, {"a": 2}]', ("a",), True),
        ("[]", (), True),
        ("{}", (), False),
    ],
)
def test_the_columns_are_those_of_the_body(
    body: str,
    columns: tuple[str, ...],
    is_list: bool,  # noqa: FBT001
) -> None:
    payload = payload_of(body)
    assert (payload.columns, payload.is_list) == (columns, is_list)


def test_the_parameter_columns_restricts_them() -> None:
    assert payload_of('{"a": 1, "b": 2}', columns="b").columns == ("b",)


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ("{", None, "PGRST102"),
        ('{"a": NaN}', None, "PGRST102"),
        ('[{"a": 1}, {"b": 2}]', None, "PGRST102"),
        ("{}", "text/plain", "PGRST102"),
        ("a=1", "application/x-www-form-urlencoded", "LOCAL501"),
        ("a\n1", "text/csv", "LOCAL501"),
    ],
)
def test_bodies_that_are_refused(body: str, kind: str | None, code: str) -> None:
    with pytest.raises(RestError) as refusal:
        payload_of(body, kind)
    assert refusal.value.body["code"] == code


def test_values_are_read_by_the_columns_types() -> None:
    statement = written(payload_of('{"a": "O\'Brien"}'))
    assert 'update "public"."t" set "a" = _given."a"' in statement
    assert """json_to_record('{"a": "O''Brien"}'::json) as _("a" text)""" in statement
    assert statement.endswith("select count(_page), ''::text from _page")


def test_changed_rows_are_read_only_where_they_are_wanted() -> None:
    payload = payload_of('{"a": 1}')
    assert " returning 1)" in written(payload)
    assert ' returning "public"."t".*)' in written(payload, returns=True)


def test_an_empty_body_changes_nothing() -> None:
    assert written(payload_of("{}")).startswith(
        'with _changed as (select 1 from "public"."t" where false)'
    )


def test_a_change_of_all_rows_and_one_of_unknown_columns_are_refused() -> None:
    everything = parse_query([])
    with pytest.raises(RestError, match="requires a WHERE clause"):
        update(TABLE, COLUMNS, everything, payload_of('{"a": 1}'), None, returns_rows=False)
    with pytest.raises(RestError, match="Could not find the 'z' column"):
        update(TABLE, COLUMNS, BY_ID, payload_of('{"z": 1}'), None, returns_rows=False)
