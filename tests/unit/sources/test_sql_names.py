"""Names as people copy them into SQL."""

from __future__ import annotations

from rtwidget.sources.sql_names import relation


def test_names_are_quoted_as_sql_wants_them() -> None:
    assert relation("a.b", 'select "x"; --') == '"a.b"."select ""x""; --"'
