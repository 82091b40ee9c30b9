"""SQL type names, as people and catalogs spell them."""

from __future__ import annotations

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.sources.values.sql_types import checked_types, internal_type


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
