"""The statement that describes a table: it answers with what `catalog` reads, and any role may run it."""

from __future__ import annotations

import re

import msgspec
import pytest

from rtwidget.sources.postgres.catalog.catalog import (
    Announced,
    Function,
    Table,
    TableColumn,
    names_of,
)
from rtwidget.sources.postgres.catalog.catalog_sql import BENEATH, CATALOG
from rtwidget.sources.postgres.read.comparison import Comparison

FOR_EVERYBODY = {
    *("am", "amop", "attribute", "cast", "class", "collation", "depend", "enum", "index", "inherits", "language"),
    *("namespace", "opclass", "operator", "proc", "range", "rewrite", "subscription_rel", "trigger", "type"),
}  # fmt: skip
"""The tables of the catalog that PUBLIC may read whole; `pg_authid`, `pg_statistic` and others are none."""


@pytest.mark.parametrize("struct", [Table, TableColumn, Function, Announced, Comparison])
def test_every_field_that_is_read_is_written(struct: type[msgspec.Struct]) -> None:
    assert [name for name in struct.__struct_fields__ if f"'{name}'," not in CATALOG] == []


def test_nothing_is_read_that_needs_a_right() -> None:
    read = set(re.findall(r"(?:from|join) pg_catalog\.pg_(\w+)", CATALOG))
    assert read
    assert read <= FOR_EVERYBODY


def test_it_takes_what_names_of_returns_and_never_a_name_in_its_text() -> None:
    places = set(re.findall(r"\$\d", CATALOG))
    assert places == {f"${place + 1}" for place in range(len(names_of("s", "t")))}
    # It is filled in when it is imported: what is left of a brace would be a mistake in that.
    assert "{{" not in CATALOG + BENEATH
    assert CATALOG.count("(") == CATALOG.count(")")
