"""Which tables are published: asked of one publication, whatever a binding names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from rtwidget.local.realtime.published_tables import matching_oids, published_oids

if TYPE_CHECKING:
    from rtwidget.local.postgres.database import Connection


class Catalogued:
    """A catalog of two tables, that keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, str]] = []

    async def execute(self, _: str, parameters: Mapping[str, str]) -> Catalogued:
        self.asked.append(parameters)
        return self

    async def fetchall(self) -> list[tuple[int]]:
        return [(16384,), (16390,)]


async def test_all_tables_are_those_of_every_schema_and_name() -> None:
    connection = Catalogued()
    assert await published_oids(cast("Connection", connection)) == {16384, 16390}
    assert connection.asked == [{"publication": "supabase_realtime", "schema": "*", "table": "*"}]


async def test_a_binding_names_schema_and_table_as_they_are_and_keeps_their_order() -> None:
    connection = Catalogued()
    found = await matching_oids(cast("Connection", connection), "app", "a_b'%")
    assert found == [16384, 16390]
    assert connection.asked == [
        {"publication": "supabase_realtime", "schema": "app", "table": "a_b'%"}
    ]
