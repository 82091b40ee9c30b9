"""Of a table that may not be read as a whole, the columns that may be read are named, as far as they can be known."""

from __future__ import annotations

import pytest

from rtwidget.errors import PermissionDeniedError
from rtwidget.sources.supabase.rest.description.catalog import Catalog
from rtwidget.sources.supabase.rest.description.column_rights import MOST_ASKED, explained
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Rows

QUERY = Query("t", None, (), (), ("id",))
REFUSED = PermissionDeniedError("permission denied", "grant it", code="42501")


def catalog(*names: str) -> Catalog:
    return Catalog(dict.fromkeys(names), ("id",))


@pytest.mark.parametrize(
    ("known", "readable", "hint"),
    [
        (None, {"id"}, '`columns=["id"]` with the others'),
        (None, set(), "grant it"),
        (catalog("id", "name", "salary"), {"id", "name"}, '`columns=["id", "name"]`, or run'),
        (catalog("id", *map(str, range(MOST_ASKED))), {"id", "1"}, '["id", "1"]` with the others'),
    ],
)
async def test_the_readable_columns(known: Catalog | None, readable: set[str], hint: str) -> None:
    asked: list[str] = []

    async def read_rows(query: str) -> Rows:
        column = query.removeprefix("select=").partition("&")[0]
        asked.append(column.replace("%22", ""))
        if asked[-1] not in readable:
            raise PermissionDeniedError("permission denied")
        return Rows((), [], 2, None)

    error = await explained(REFUSED, QUERY, "public.t", known, read_rows)
    assert hint in error.hint
    assert error.code == "42501"
    assert len(asked) <= MOST_ASKED
