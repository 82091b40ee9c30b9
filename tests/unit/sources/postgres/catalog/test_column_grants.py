"""Columns that a role may not read: which argument is at fault, and what ends it."""

from __future__ import annotations

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import PermissionDeniedError
from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.catalog.column_grants import demand_granted
from rtwidget.sources.query.filters import parse_filter


def column(name: str, *, selectable: bool) -> TableColumn:
    return TableColumn(name, "text", "pg_catalog", selectable=selectable)


TABLE = Table(
    *(1, "r", "web", "owner"),
    (column("id", selectable=True), column("pay", selectable=False)),
    (("id",),),
)


def refused(wanted: TableQuery, **asked: list[str]) -> PermissionDeniedError:
    with pytest.raises(PermissionDeniedError) as caught:
        demand_granted(wanted, TABLE, asked.items())
    return caught.value


def test_without_columns_those_that_may_be_read_are_told() -> None:
    error = refused(TableQuery("public", "t"), primary_key=["id"])
    assert 'Pass `columns=["id"]`' in error.hint
    assert 'grant select ("pay") on "public"."t" to "web";' in error.hint


def test_the_argument_that_names_it_is_told() -> None:
    wanted = TableQuery("public", "t", columns=("id",), filters=parse_filter("pay=gt.1"))
    assert "Name other columns by `filter=`" in refused(wanted, filter=["pay"]).hint
    assert "Name a key by `primary_key=`" in refused(wanted, primary_key=["pay"]).hint


def test_granted_columns_and_tables_without_any_grant_are_no_matter_of_columns() -> None:
    demand_granted(TableQuery("public", "t", columns=("id",)), TABLE, [("columns", ["id"])])
    closed = Table(*(1, "r", "web", "owner"), (column("id", selectable=False),), ())
    demand_granted(TableQuery("public", "t"), closed, [("primary_key", ["id"])])
