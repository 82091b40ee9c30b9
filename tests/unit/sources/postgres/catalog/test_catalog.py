"""A table as the catalog describes it: what is read of an answer, and when two descriptions are of the same table."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rtwidget.errors import SourceError
from rtwidget.sources.postgres.catalog.catalog import (
    Announced,
    Table,
    TableColumn,
    names_of,
    read_table,
)
from rtwidget.sources.postgres.triggers.trigger_function import Promise, function_body

TABLE = Table(7, "r", "web", "owner", (TableColumn("id", "int8", "pg_catalog"),), (("id",),))


def test_what_was_written_is_read_again() -> None:
    assert read_table(msgspec.json.encode(TABLE)) == TABLE


def test_no_row_is_no_table_and_no_error() -> None:
    assert read_table(None) is None


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"{}", b'{"oid": "seven"}', b'{"kind":"\xff"}', b"[" * 100_000],
    ids=["empty", "list", "nothing in it", "another type", "no text", "nested"],
)
def test_what_no_postgresql_answers_is_told_as_that(answer: bytes) -> None:
    with pytest.raises(SourceError, match="not PostgreSQL's") as caught:
        read_table(answer)
    assert "`source=`" in caught.value.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"oid": 8}, False),
        ({"columns": ()}, False),
        ({"keys": ()}, False),
        ({"role": "other", "owner": "other"}, True),
        ({"announced": Announced(stamp="other")}, True),
    ],
)
def test_the_shape_is_what_statements_rely_on(other: dict[str, Any], *, same: bool) -> None:
    assert (msgspec.structs.replace(TABLE, **other).shape == TABLE.shape) is same


def test_columns_are_found_by_name() -> None:
    assert TABLE.named == {"id": TABLE.columns[0]}


def test_the_functions_of_a_table_are_found_by_how_they_begin() -> None:
    schema, table, function, mark = names_of("my schema", 'a"b')
    assert (schema, table, function) == ("my schema", 'a"b', 'rtwidget_notify_a"b')
    assert function_body(Promise('rtwidget:"my schema"."a""b"', ("id",))).startswith(mark)
    assert not function_body(Promise("rtwidget:public.other", ("id",))).startswith(mark)
