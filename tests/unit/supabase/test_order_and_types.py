"""Orders, SQL type names and the API's own description of a table."""

from __future__ import annotations

import json

import pytest

from rtwidget.abc import Order
from rtwidget.errors import ArgumentError
from rtwidget.sources.query.order import parse_order
from rtwidget.sources.supabase.rest.catalog import Catalog, read_catalog
from rtwidget.sources.values.sql_types import checked_types, internal_type


def test_orders_are_read() -> None:
    assert parse_order(None) == ()
    assert parse_order("a") == (Order("a"),)
    assert parse_order(["a.desc.nullslast", "x y.asc", '"b.\\"c".nullsfirst']) == (
        Order("a", descending=True, nulls="nullslast"),
        Order("x y"),
        Order('b."c', nulls="nullsfirst"),
    )


@pytest.mark.parametrize("bad", ["", "a.up", ".desc", "a.b.desc", ["a", "a.desc"], [5], 'a"'])
def test_bad_orders_are_refused(bad: str) -> None:
    with pytest.raises(ArgumentError, match="order_by"):
        parse_order(bad)


@pytest.mark.parametrize(
    ("spelling", "internal"),
    [
        ("bigint", "int8"),
        ("Numeric(10, 2)", "numeric"),
        ("double  precision", "float8"),
        ("timestamp with time zone", "timestamptz"),
        ("timestamp(3) without time zone", "timestamp"),
        ("character varying(9)", "varchar"),
        ("text[]", "_text"),
        ("integer[][]", "_int4"),
        ("public.status_enum", "status_enum"),
        ("int8", "int8"),
    ],
)
def test_sql_spellings_become_internal_names(spelling: str, internal: str) -> None:
    assert internal_type(spelling) == internal


def test_unknown_types_of_the_user_are_refused() -> None:
    assert checked_types({"a": "bigint[]"}) == {"a": "_int8"}
    with pytest.raises(ArgumentError, match="nomber"):
        checked_types({"a": "nomber"})


def test_a_description_tells_types_and_key_in_order() -> None:
    described = {
        "b": {"format": "bigint", "description": "Note:\nThis is a Primary Key.<pk/>"},
        "a": {"format": "text[]", "type": "array", "items": {"type": "string"}},
        "c": {"description": "a json column"},
    }
    body = json.dumps({"swagger": "2.0", "definitions": {"t": {"properties": described}}}).encode()
    assert read_catalog(body, "t") == Catalog({"b": "int8", "a": "_text", "c": None}, ("b",))
    assert read_catalog(body, "other") is None


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"\xff", b'{"definitions": 5}', b"[" * 50_000])
def test_any_other_page_tells_nothing(body: bytes) -> None:
    assert read_catalog(body, "t") is None
