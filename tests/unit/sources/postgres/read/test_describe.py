"""Whether a request fits a table, and the schema that follows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rtwidget.errors import ColumnNotFoundError, ErrorKind, KeyNotUniqueError, SourceError
from rtwidget.replica.schema import Schema
from rtwidget.sources.postgres.catalog.catalog import TableColumn
from rtwidget.sources.postgres.read.describe import find_schema
from rtwidget.sources.query.checked_query import checked_query
from tests.unit.sources.postgres.read.statements import TABLE, of


def described(kind: str = "r", keys: tuple[tuple[str, ...], ...] = (("a",),), **asked: Any) -> Schema:  # fmt: skip
    table = msgspec.structs.replace(TABLE, kind=kind, keys=keys)
    return find_schema(checked_query("my.table", **asked), table)


def test_all_columns_in_their_order_and_the_tables_first_key() -> None:
    schema = described(keys=(("c",), ("a",)))
    assert [one.name for one in schema.columns] == [one.name for one in TABLE.columns]
    assert schema.key == ("c",)


def test_a_key_that_was_given_counts_before_the_tables_own() -> None:
    assert described(primary_key=["c", "a"]).key == ("c", "a")


def test_key_columns_are_read_though_nobody_asked_for_them() -> None:
    schema = described(primary_key=["a", "c"], columns=["d", "c"])
    assert [one.name for one in schema.columns] == ["a", "d", "c"]


def test_a_type_that_was_given_counts_before_the_catalogs() -> None:
    assert next(one.type for one in described(types={"c": "int4"}).columns if one.name == "c") == "int4"  # fmt: skip


@pytest.mark.parametrize("argument", ["primary_key", "columns", "order_by", "version", "filter", "types"])  # fmt: skip
def test_a_column_that_is_not_there_is_told_with_the_argument(argument: str) -> None:
    given: Any = {"version": "A1", "filter": "A1=eq.1", "types": {"A1": "int4"}}
    with pytest.raises(ColumnNotFoundError, match=f"{argument}= names 'A1'") as caught:
        described(**{argument: given.get(argument, ["A1"])})
    assert "Its columns are a, " in caught.value.hint


def test_a_name_that_was_mistyped_is_told_with_the_likely_one_and_few_of_many() -> None:
    columns = tuple(TableColumn(f"amount_{n}", "int4", "pg_catalog", of("x")) for n in range(41))
    table = msgspec.structs.replace(TABLE, columns=columns, keys=(("amount_0",),))
    with pytest.raises(ColumnNotFoundError) as caught:
        find_schema(checked_query("t", columns=["Amount_40"]), table)
    assert caught.value.hint.startswith("Perhaps you meant 'amount_40'")
    assert caught.value.hint.endswith("amount_39, and 1 more.")


@pytest.mark.parametrize(
    ("kind", "said"), [("r", "has no primary key"), ("p", "has no primary key"), ("v", "is a view")]
)
def test_without_any_key_one_has_to_be_given(kind: str, said: str) -> None:
    with pytest.raises(KeyNotUniqueError, match=said) as caught:
        described(kind, keys=())
    assert "`primary_key=`" in caught.value.hint


def test_a_key_has_to_have_an_order_and_to_read_what_it_shows() -> None:
    with pytest.raises(KeyNotUniqueError, match=r"'h': its type pg_catalog\.point has no order"):
        described(primary_key=["h"])
    rows = TableColumn("r", "pair", "public", of("pg_catalog", "record"))
    cast = TableColumn("r", "hstore", "ext", of("ext"), shown_by_cast=True)
    for column in (rows, cast):
        table = msgspec.structs.replace(TABLE, columns=(column,), keys=(("r",),))
        with pytest.raises(KeyNotUniqueError, match="JSON that it cannot read"):
            find_schema(checked_query("t"), table)


def test_rows_are_ordered_here_by_what_the_server_cannot_order_unless_there_is_a_limit() -> None:
    assert described(order_by="h").key == ("a",)
    for asked in ({"order_by": "h", "limit": 5}, {"version": "h"}):
        with pytest.raises(SourceError, match="has no order") as caught:
            described(**asked)
        assert caught.value.kind is ErrorKind.NEEDS_USER
        assert f"`{next(iter(asked))}=`" in caught.value.hint


def test_what_a_view_needs_has_to_be_in_the_answer() -> None:
    for asked in ({"order_by": "c"}, {"types": {"c": "text"}}):
        with pytest.raises(ColumnNotFoundError, match="no column of the answer"):
            described(columns=["d"], **asked)
    assert described(columns=["d"], order_by="c", limit=5).key == ("a",)
