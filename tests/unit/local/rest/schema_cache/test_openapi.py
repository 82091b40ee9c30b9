"""The description of a schema, as a client reads it back: types and keys of each table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from rtwidget.local.rest.schema_cache.openapi import describe
from rtwidget.sources.supabase.rest.description.catalog import Catalog, read_catalog

if TYPE_CHECKING:
    from rtwidget.local.postgres.database import Connection

ROWS = [
    ("notes", "id", "bigint", True, True),
    ("notes", "tags", "text[]", False, False),
    ("notes", "body", "jsonb", True, False),
    ("notes", "state", "app.state", False, False),
    ("views", "n", "numeric", False, False),
]


class Catalogued:
    """Answers the one question about columns."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.asked: list[tuple[str, ...]] = []

    async def execute(self, _: str, parameters: tuple[str, ...]) -> Catalogued:
        self.asked.append(parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self.rows


async def described(rows: list[Any]) -> dict[str, Any]:
    connection = Catalogued(rows)
    document = await describe(cast("Connection", connection), "app")
    assert connection.asked == [("app",)]
    return document


async def test_a_client_finds_types_and_keys_in_it() -> None:
    body = json.dumps(await described(ROWS)).encode()
    types: dict[str, str | None] = {
        "id": "int8",
        "tags": "_text",
        "body": "jsonb",
        "state": "state",
    }
    assert read_catalog(body, "notes") == Catalog(types, ("id",))
    assert read_catalog(body, "views") == Catalog({"n": "numeric"}, ())
    assert read_catalog(body, "other") is None


async def test_columns_have_json_types_but_for_json_itself() -> None:
    notes = (await described(ROWS))["definitions"]["notes"]
    told = {name: one.get("type") for name, one in notes["properties"].items()}
    assert told == {"id": "integer", "tags": "array", "body": None, "state": "string"}
    assert notes["required"] == ["id", "body"]


async def test_each_table_has_a_path_and_an_empty_schema_none() -> None:
    assert set((await described(ROWS))["paths"]) == {"/notes", "/views"}
    assert (await described([]))["definitions"] == {}
