"""Filters and cells as SQL: which operator, which cast, which quotes."""

from __future__ import annotations

import pytest
from psycopg import sql

from rtwidget.local.capture.filter_sql import condition, value
from rtwidget.local.postgres.table_definition import TableColumn
from rtwidget.local.realtime.joining.realtime_filter import parse_filters

NUMBER = TableColumn("n", "int4", "pg_catalog.int4", is_key=False, readers=frozenset())
BYTES = TableColumn("b", "bytea", "pg_catalog.bytea", is_key=False, readers=frozenset())
CELL = sql.Identifier("r", "c0")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("n=eq.5", """"r"."c0"::pg_catalog.int4 = '5'::pg_catalog.int4"""),
        (
            "n=isdistinct.5",
            """"r"."c0"::pg_catalog.int4 is distinct from '5'::pg_catalog.int4""",
        ),
        ("n=ilike.a%", """"r"."c0" ilike 'a%'"""),
        ("n=imatch.^a", """"r"."c0" ~* '^a'"""),
        ("n=is.NULL", """"r"."c0"::pg_catalog.int4 is null"""),
        (
            "n=in.(1,2)",
            """"r"."c0"::pg_catalog.int4 in ('1'::pg_catalog.int4, '2'::pg_catalog.int4)""",
        ),
        ("n=not.gt.1", """not ("r"."c0"::pg_catalog.int4 > '1'::pg_catalog.int4)"""),
        ("n=eq.'; drop", """"r"."c0"::pg_catalog.int4 = '''; drop'::pg_catalog.int4"""),
    ],
)
def test_a_filter(text: str, written: str) -> None:
    (term,) = parse_filters(text)
    assert condition(term, NUMBER, CELL).as_string() == written


def test_a_cell_is_cast_and_bytes_are_sent_as_they_were_logged() -> None:
    assert value(NUMBER, CELL).as_string() == 'to_jsonb("r"."c0"::pg_catalog.int4)::text'
    assert value(BYTES, CELL).as_string() == 'to_jsonb("r"."c0")::text'
