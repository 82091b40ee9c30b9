"""From a description and a first row to a schema, or to the reason why there is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import (
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
    UnreachableError,
)
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.supabase.rest.description.describe import find_schema
from rtwidget.sources.supabase.rest.rest_reads import Rows

NO_ROWS = Rows((), [], 2, None)


def described(key: str = "", **types: str) -> bytes:
    note = "Note:\nThis is a Primary Key.<pk/>"
    columns = {
        name: {"format": type_name, "description": note if name == key else ""}
        for name, type_name in types.items()
    }
    return json.dumps({"definitions": {"t": {"properties": columns}}}).encode()


async def schema_of(
    wanted: TableQuery, description: bytes = b"", first: Rows | SourceError = NO_ROWS
) -> Schema:
    async def read_description() -> bytes:
        return description

    async def read_rows(_: str) -> Rows:
        if isinstance(first, SourceError):
            raise first
        return first

    return await find_schema(wanted, read_description, read_rows)


async def test_the_description_tells_key_and_types_and_the_row_the_columns() -> None:
    first = Rows(("id", "name"), [(1, "ada")], 2, None)
    found = await schema_of(
        checked_query("t"), described("id", name="text", gone="text", id="bigint"), first
    )
    assert found == Schema((Column("id", "int8"), Column("name", "text")), ("id",))


async def test_an_empty_table_has_the_columns_of_its_description() -> None:
    found = await schema_of(checked_query("t"), described("id", name="text", id="numeric"))
    assert found.names == ("name", "id")
    assert not found.exact_keys


async def test_of_an_empty_table_without_a_description_the_columns_that_were_named_are_known() -> (
    None
):
    wanted = checked_query(
        "t", filter={"a": 1, "id": 2}, order_by="b", version="v", types={"n": "numeric"}
    )
    found = await schema_of(wanted)
    assert found.names == ("id", "n", "v", "b", "a")
    assert found.columns[1].type == "numeric"


async def test_what_the_user_says_of_types_and_key_counts_more() -> None:
    wanted = checked_query("t", primary_key="name", types={"id": "text"})
    found = await schema_of(wanted, described("id", id="bigint", name="uuid"))
    assert (found.key, found.columns[0]) == (("name",), Column("id", "text"))


async def test_a_table_without_a_key_is_not_guessed_at() -> None:
    with pytest.raises(KeyNotUniqueError, match="no primary key") as caught:
        await schema_of(checked_query("t"), described(id="bigint"))
    assert "primary_key=" in caught.value.hint


@pytest.mark.parametrize(
    ("asked", "column", "expected"),
    [
        ({}, "id", KeyNotUniqueError),
        ({}, "other", ColumnNotFoundError),
        ({"primary_key": "id"}, "id", ColumnNotFoundError),
    ],
)
async def test_only_a_key_that_was_guessed_is_told_as_a_guess(
    asked: dict[str, Any], column: str, expected: type[SourceError]
) -> None:
    refusal = ColumnNotFoundError(f"column t.{column} does not exist", code="42703")
    with pytest.raises(expected):
        await schema_of(checked_query("t", **asked), b"", refusal)


async def test_a_trouble_that_passes_is_raised_and_no_key_guessed_meanwhile() -> None:
    async def unreachable(*_: object) -> Any:
        raise UnreachableError("No answer.")

    with pytest.raises(UnreachableError):
        await find_schema(checked_query("t"), unreachable, unreachable)


async def test_columns_that_were_named_and_are_not_allowed_are_refused_as_they_are() -> None:
    refusal = PermissionDeniedError("permission denied", "grant it", code="42501")
    with pytest.raises(PermissionDeniedError) as caught:
        await schema_of(checked_query("t", columns="a"), b"", refusal)
    assert caught.value is refusal


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"primary_key": "other"}, r"without the key \(other\)"),
        ({"types": {"amuont": "numeric"}}, "types= names 'amuont'"),
        ({"order_by": "naem"}, "order_by= names 'naem'"),
    ],
)
async def test_names_that_the_answer_does_not_have_are_said(
    asked: dict[str, Any], said: str
) -> None:
    first = Rows(("id", "name"), [(1, "ada")], 2, None)
    with pytest.raises(SourceError, match=said) as caught:
        await schema_of(checked_query("t", **asked), b"", first)
    assert caught.value.hint


async def test_with_a_limit_the_server_orders_by_columns_that_it_does_not_show() -> None:
    first = Rows(("id",), [(1,)], 2, None)
    wanted = checked_query("t", order_by="hidden", limit=5, columns="id")
    assert (await schema_of(wanted, b"", first)).names == ("id",)
