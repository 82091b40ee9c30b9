"""Partitions, and tables that inherit: each enabled for itself and with its whole, and nothing below goes unheard."""

from __future__ import annotations

from contextlib import ExitStack, closing
from itertools import permutations

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenTable, until_state
from tests.integration.postgres.ear import Ear
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.postgres.triggers.hierarchies import FAMILY, TREE

OURS = "select count(*) from pg_trigger where tgname like 'rtwidget%'"


@pytest.mark.parametrize("order", list(permutations(("", "_1", "_1_1"))))
def test_each_table_has_its_own_triggers_in_any_order(
    backend: LocalBackend, name: str, order: tuple[str, ...]
) -> None:
    backend.sql(TREE.format(name))
    tables = [name + suffix for suffix in order]
    for table in tables:
        setup.enable(table, backend.dsn)
    with ExitStack() as stack:
        ears = {table: stack.enter_context(closing(Ear(backend.dsn, table))) for table in tables}
        assert all(setup.status(table, backend.dsn).enabled for table in tables)
        backend.sql(f"insert into {name}_1_1 values (5, 5)")
        assert [ears[table].keys() for table in tables] == [[[5]]] * 3
        backend.sql(f"insert into {name} values (6, 6), (106, 6)")
        assert ears[name].keys() == [[6], [106]]
        for place, table in enumerate(tables):
            setup.disable(table, backend.dsn)
            left = tables[place + 1 :]
            assert not setup.status(table, backend.dsn).enabled
            assert all(setup.status(other, backend.dsn).enabled for other in left)
            backend.sql(f"update {name}_1_1 set n = n + 1 where id = 5")
            assert [bool(ears[other].payloads()) for other in tables] == [
                other in left for other in tables
            ]
    assert backend.sql(OURS) == [(0,)]


def test_writes_to_tables_that_inherit_are_announced_for_all_above(
    backend: LocalBackend, name: str
) -> None:
    backend.sql(FAMILY.format(name))
    said = setup.enable(name, backend.dsn)
    assert "no primary key is unique over them all" in said.partition("create")[0]
    setup.enable(f"{name}_pet", backend.dsn)
    with ExitStack() as stack:
        all_, pets = (
            stack.enter_context(closing(Ear(backend.dsn, one))) for one in (name, f"{name}_pet")
        )
        for number, table in enumerate(("", "_pet", "_wild", "_cat")):
            backend.sql(f"insert into {name}{table} (id) values ({number})")
        assert all_.keys() == [[0], [1], [2], [3]]
        assert pets.keys() == [[1], [3]]
        backend.sql(f"update {name} set name = 'x' where id in (0, 3)")
        assert all_.keys() == [[0], [3]]
    setup.disable(name, backend.dsn)
    assert setup.status(f"{name}_pet", backend.dsn).enabled
    assert backend.sql(OURS) == [(8,)]
    setup.disable(f"{name}_pet", backend.dsn)
    assert backend.sql(OURS) == [(0,)]


def test_what_leaves_a_hierarchy_makes_no_write_fail(backend: LocalBackend, name: str) -> None:
    backend.sql(TREE.format(name))
    setup.enable(name, backend.dsn)
    backend.sql(f"alter table {name} detach partition {name}_2")
    backend.sql(f"alter table {name}_2 rename id to uid; insert into {name}_2 values (7, 7)")
    assert setup.status(name, backend.dsn).enabled
    setup.disable(name, backend.dsn)
    assert backend.sql(OURS) == [(0,)]
    backend.sql(f"drop table {name}_2")


def test_a_key_that_two_tables_have_is_explained(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(FAMILY.format(name) + f"; insert into {name} (id) values (1)")
    setup.enable(name, backend.dsn)
    table = ready(open_table())
    finding = table.doctor()["key columns"]
    assert finding.verdict is Verdict.WARNING
    assert f"public.{name}_cat" in finding.mend
    backend.sql(f"insert into {name}_cat (id) values (1)")
    until_state(table, "failed")
    problem = table.status.error
    assert problem is not None
    assert f"public.{name}_cat" in problem.hint
    assert "tableoid" in problem.hint
    backend.sql(
        f"create view v_{name} as select tableoid::pg_catalog.int8 as part, * from {name};"
        f"grant select on v_{name} to authenticated"
    )
    assert len(open_table(f"v_{name}", primary_key=["part", "id"]).wait_ready().df) == 2
