"""A key as the index of `t.df` holds it, and back, whatever columns it has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import pandas as pd
import pytest

from rtwidget.replica.keys import Cell, Key, NumberText
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.rows import KeyedRows
from rtwidget.view.grid_rows import GridRows
from rtwidget.widget.reading.index_keys import IndexKeys


class Table:
    """A table that has no rows but columns."""

    def __init__(self, *types: str, key: int = 1) -> None:
        columns = tuple([Column(f"c{place}", name) for place, name in enumerate(types)])
        # Key columns stand last, so that their places in a row and in the key differ.
        names = tuple([column.name for column in columns[len(columns) - key :]])
        self.rows = KeyedRows(Schema(columns, names))

    def rows_now(self) -> KeyedRows:
        return self.rows


def index_keys(*types: str, key: int = 1, exact: bool = False) -> IndexKeys:
    return IndexKeys(cast("GridRows", Table(*types, key=key)), "decimal" if exact else "float")


@pytest.mark.parametrize(
    ("type_name", "cell", "value"),
    [
        ("int8", 2**63 - 1, 2**63 - 1),
        ("text", "2026-01-01", "2026-01-01"),
        ("timestamptz", "2026-03-10T20:00:00.5+00:00", pd.Timestamp("2026-03-10T20:00:00.5Z")),
        ("numeric", NumberText("1.5"), 1.5),
        ("bool", True, True),
    ],
)
def test_a_key_of_one_column_stands_there_alone_and_comes_back(
    type_name: str, cell: Cell, value: Any
) -> None:
    keys = index_keys("jsonb", type_name)
    found = keys.value((cell,))
    assert (found, type(found)) == (value, type(value))
    assert keys.key(found) == (cell,)


def test_a_key_of_several_columns_is_a_tuple_each_part_by_its_own_kind() -> None:
    keys = index_keys("bool", "timestamp", "int8", key=2)
    key: Key = ("2026-03-10T20:00:00", 5)
    value = keys.value(key)
    assert value == (pd.Timestamp("2026-03-10T20:00:00"), 5)
    assert keys.key(value) == key


def test_numbers_with_a_fraction_are_what_the_table_makes_of_them() -> None:
    key: Key = (NumberText("1.50"),)
    assert index_keys("numeric", exact=True).value(key) == Decimal("1.50")
    assert isinstance(index_keys("numeric", exact=True).value(key), Decimal)


def test_before_the_columns_are_known_a_key_is_text_as_it_came() -> None:
    early = IndexKeys(cast("GridRows", Table(key=0)), "float")
    assert early.value(("2026-01-01",)) == "2026-01-01"
    assert early.value((5, "a")) == (5, "a")
    assert early.key((5, "a")) == (5, "a")


def test_a_key_of_another_length_than_the_tables_is_taken_as_it_is() -> None:
    # Columns may change while a key is on its way.
    keys = index_keys("timestamptz")
    assert keys.value(("2026-01-01", 5)) == ("2026-01-01", 5)
    assert keys.key(("2026-01-01", 5)) == ("2026-01-01", 5)
