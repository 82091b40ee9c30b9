"""Schemas: which columns there are, and which of them are the key."""

from __future__ import annotations

import pytest

from rtwidget.replica.schema import Column, Schema

SCHEMA = Schema((Column("region", "text"), Column("name"), Column("id", "int8")), ("id", "region"))


def test_a_schema_names_its_columns_in_their_order() -> None:
    assert SCHEMA.names == ("region", "name", "id")
    assert SCHEMA.key_positions == (2, 0)


def test_a_key_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        Schema((Column("name"),), ("id",)).key_positions  # noqa: B018  (the property is what raises)
