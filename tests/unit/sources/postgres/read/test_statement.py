"""A statement and its values: numbered placeholders, and a type only where the server does not infer it."""

from __future__ import annotations

import msgspec
import pytest
from psycopg import sql

from rtwidget.sources.postgres.catalog.catalog import TableColumn
from rtwidget.sources.postgres.read.statement import Statement, Values, as_json, comma, row_of
from tests.unit.sources.postgres.read.statements import FIRST, LAST, TABLE, of

NAMED = TABLE.named


def test_placeholders_are_numbered_in_the_order_of_their_values() -> None:
    values = Values()
    assert [values.add(one).as_string() for one in ("x", "'; drop", "x")] == ["$1", "$2", "$3"]
    composed = sql.SQL("{}").format(sql.SQL("select 1"))
    assert values.of(composed) == Statement(composed, ("x", "'; drop", "x"))
    assert Values().given == []


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("a", "$1"),
        ('b"%', "$1"),  # of all enums
        ("f", '$1::"pg_catalog"."varchar"'),  # compared as a text
        ("h", "$1"),  # not compared at all
    ],
)
def test_a_type_is_named_only_where_it_is_not_inferred(column: str, shown: str) -> None:
    assert Values().cast("5", NAMED[column]).as_string() == shown
    of_many = f"{shown}[]" if "::" in shown else shown
    assert Values().any_of(["5"], NAMED[column]).as_string() == of_many


def test_a_list_names_its_type_wherever_it_stands() -> None:
    values = Values()
    name = '$1::"my types"."mood"[]'
    assert values.listed(["sad", 'a"b'], NAMED['b"%']).as_string() == name
    assert values.given == ['{"sad","a\\"b"}']


def test_arrays_are_written_as_sql_writes_them_and_hidden_types_as_an_array_of_one() -> None:
    values = Values()
    values.cast('["x", null]', NAMED["g"])
    hidden = msgspec.structs.replace(of("ext"), reachable=False)
    values.cast("x", TableColumn("k", "citext", "ext", hidden))
    values.cast('["x", null]', NAMED["c"])
    assert values.given == ['{"x",NULL}', '{"x"}', '["x", null]']


def test_one_part_is_no_row() -> None:
    one, two = sql.Identifier("a"), sql.Identifier("b")
    assert row_of([one]).as_string() == '"a"'
    assert row_of([one, two]).as_string() == '("a", "b")'
    assert comma([one, two]).as_string() == '"a", "b"'
    assert as_json(sql.SQL("select 1")).as_string() == f"{FIRST}select 1{LAST}"
