"""The SQL that cuts keys into equal parts."""

from __future__ import annotations

from rtwidget.sources.postgres.read.key_cuts import cuts, histogram
from tests.unit.sources.postgres.read.statements import ROW, query, text


def test_the_histogram_is_asked_for_by_values_and_named_as_the_key_is() -> None:
    statement = histogram(query(('b"%',)))
    assert statement.values == ("public", "my.table", 'b"%')
    assert text(statement).startswith('select bounds.bound as "b""%" from pg_catalog.pg_stats as s')
    assert text(statement).endswith("and not s.inherited order by bounds.place")
    # A role's search path may hold an operator of the same name.
    assert " = " not in text(statement)


def test_each_part_but_the_last_ends_with_its_greatest_key() -> None:
    shown = text(cuts(query(("a", "c")), 4))
    keys = f'{ROW}."a", {ROW}."c"'
    assert shown.startswith('select "a", "c" from (select distinct on (rtwidget_part) ')
    assert f"pg_catalog.ntile(4) over (order by {keys}) as rtwidget_part" in shown
    assert f'order by rtwidget_part, {ROW}."a" desc, {ROW}."c" desc)' in shown
    assert shown.endswith("where rtwidget_part operator(pg_catalog.<) 4 order by rtwidget_part")


def test_only_rows_under_the_filter_are_cut() -> None:
    statement = cuts(query(given="c=eq.x"), 2)
    assert f'where {ROW}."c" operator("pg_catalog".=) $1) as rtwidget_row' in text(statement)
    assert statement.values == ("x",)
