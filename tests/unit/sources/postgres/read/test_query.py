"""The SQL of reads, as text."""

from __future__ import annotations

from tests.unit.sources.postgres.read.statements import ROW, query, text, where

FROM = f'from "public"."my.table" as {ROW}'


def test_a_page_of_a_single_key() -> None:
    statement = query().page((5,), (9,), 100)
    assert text(statement) == (
        f'select {ROW}.* {FROM} where {ROW}."a" operator("pg_catalog".>) $1'
        f' and {ROW}."a" operator("pg_catalog".<=) $2 order by {ROW}."a" asc limit 100'
    )
    assert statement.values == ("5", "9")


def test_a_page_of_a_composite_key_compares_rows() -> None:
    statement = query(("a", 'b"%'), ("c",)).page((5, "x"), None, 7)
    assert text(statement) == (
        f'select {ROW}."a", {ROW}."b""%", {ROW}."c" {FROM}'
        f' where ({ROW}."a", {ROW}."b""%") operator("pg_catalog".>) ($1, $2)'
        f' order by {ROW}."a" asc, {ROW}."b""%" asc limit 7'
    )
    assert statement.values == ("5", "x")


def test_a_filter_holds_in_every_read_and_its_values_travel_apart() -> None:
    asked = query(given=["c=not.like.x*", "a=in.(2,1)", "c=is.null", "c=eq.'; drop"])
    held = '"a" op(=) any ($1) and "c" op(=) $2 and "c" is null and not ("c" op(~~) $3)'
    for statement in (asked.last_key(), asked.top(3), asked.newest("c"), asked.count()):
        assert held in where(statement)
        assert statement.values == ('{"1","2"}', "'; drop", "x%")
    bounded = asked.keys([(7,)])
    assert where(bounded).endswith('and "a" op(=) any ($1)')
    assert bounded.values == ('{"7"}', '{"1","2"}', "'; drop", "x%")
    assert asked.plan().values == asked.count().values


def test_orders() -> None:
    top = query(order="c.desc.nullslast").top(5)
    assert text(top).endswith(f'order by {ROW}."c" desc nulls last, {ROW}."a" asc limit 5')
    newest = query(("a", "c")).newest("c")
    assert text(newest).endswith(
        f'order by {ROW}."c" desc nulls last, {ROW}."a" desc, {ROW}."c" desc limit 1'
    )
