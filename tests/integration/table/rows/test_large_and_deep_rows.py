"""One row that no decoder takes, or that is too large to be read: it is there, or it is named, and the others go on."""

from __future__ import annotations

import pytest

from rtwidget import live_table
from rtwidget.errors import ColumnTypeWarning
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, until_state, until_true

DEEP = '{"c":' * 1500 + "1" + "}" * 1500
HEAVY = """
create table {name}_rows (id int primary key, large bool default false);
insert into {name}_rows select g, g = 500 from generate_series(1, 1200) g;
create function {name}_read(large bool) returns text language plpgsql stable as $$ begin
    if large then
        raise program_limit_exceeded using message = 'out of memory';
    end if;
    return 'x';
end $$;
create view {name} as select id, {name}_read(large) as body from {name}_rows;
"""


def test_a_value_nested_deeper_than_any_decoder_goes_is_a_text(
    backend: LocalBackend, name: str, open_either: OpenTable
) -> None:
    table = open_either()
    until_state(table, "live")
    backend.sql(f"update {name} set body = %s::jsonb where id in (2, 3)", DEEP)
    backend.sql(f"update {name} set body = '7' where id = 1")
    until_true(lambda: str(table.df.loc[1, "body"]) == "7", "The others")
    until_true(lambda: len(str(table.df.loc[3, "body"])) > 1500, "The deep one")
    assert str(table.df.loc[2, "body"]).replace(" ", "") == DEEP
    assert table.status.state == "live"
    with pytest.warns(ColumnTypeWarning):
        values = table.json("body")
    assert isinstance(values.loc[2], str)
    assert table.to_arrow().column("body").to_pylist()[1] == table.df.loc[2, "body"]


@pytest.mark.parametrize("source", ["supabase", "postgres"])
def test_a_row_that_is_too_large_is_named_and_the_others_are_there(
    backend: LocalBackend, name: str, source: str
) -> None:
    backend.sql(HEAVY.format(name=name))
    ways = {
        "supabase": {"url": backend.url, "key": backend.anon_key},
        "postgres": {"source": backend.dsn},
    }
    try:
        with live_table(name, primary_key="id", **ways[source]) as table:  # type: ignore[arg-type]
            until_true(lambda: table.stats.passes > 0, "A pass")
            assert len(table.to_pandas(partial=True)) == 1199
            assert table.status.state == "offline"
            assert "id = 500" in str(table.status.error)
            backend.sql(f"update {name}_rows set large = false")
            table.refresh()
            until_true(lambda: len(table.to_pandas(partial=True)) == 1200, "The row")
            until_state(table, "polling")
            backend.sql(f"update {name}_rows set large = id = 700")
            table.refresh()
            until_true(lambda: "id = 700" in str(table.status.error), "Another one")
        with live_table(name, primary_key="id", limit=600, order_by="id", **ways[source]) as top:  # type: ignore[arg-type]
            until_true(lambda: len(top.to_pandas(partial=True)) == 600, "The first rows")
    finally:
        backend.sql(f"drop view {name}; drop function {name}_read; drop table {name}_rows")
