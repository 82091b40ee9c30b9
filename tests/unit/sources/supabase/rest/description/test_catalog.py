"""The API's own description of a table: types and key, or nothing."""

from __future__ import annotations

import json

import pytest

from rtwidget.sources.supabase.rest.description.catalog import Catalog, read_catalog


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
