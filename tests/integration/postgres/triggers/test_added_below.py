"""What comes below an enabled table later is heard, refused, or polled for."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from rtwidget.errors import ArgumentError
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenTable, until_state
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.postgres.triggers.hierarchies import FAMILY, TREE

FOREIGN = (
    "create extension if not exists file_fdw; create server if not exists files foreign data wrapper file_fdw;"
    "create foreign table {0}_far () inherits ({0}) server files options (program 'true')"
)


@pytest.fixture
def no_foreign(backend: LocalBackend) -> Iterator[None]:
    yield
    backend.sql("drop extension if exists file_fdw cascade")


@pytest.mark.usefixtures("no_foreign")
def test_a_foreign_table_below_is_refused_and_seen_when_it_comes_later(
    backend: LocalBackend, name: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.5)
    backend.sql(FAMILY.format(name))
    setup.enable(name, backend.dsn)
    table = ready(open_table(columns=["id"]))
    backend.sql(FOREIGN.format(name))
    until_state(table, "polling")
    found = setup.status(name, backend.dsn)
    assert f"{name}_far" in str(found)
    assert f"rtwidget postgres disable {name}" in found.mend
    with pytest.raises(ArgumentError, match=f"{name}_far"):
        setup.enable(name, backend.dsn)
    setup.disable(name, backend.dsn)
    assert not setup.status(name, backend.dsn).enabled


@pytest.mark.parametrize(
    "case",
    [
        (TREE, "create table {0}_3 partition of {0} for values from (200) to (300)"),
        (TREE, "create table {0}_1_2 partition of {0}_1 for values from (50) to (100)"),
        (FAMILY, "create table {0}_dog () inherits ({0}_pet)"),
        (
            FAMILY,
            "create table {0}_dog (id int not null, name text); alter table {0}_dog inherit {0}",
        ),
    ],
)
def test_what_comes_later_is_polled_for_until_it_is_enabled(
    backend: LocalBackend,
    name: str,
    open_table: OpenTable,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, str],
) -> None:
    made, comes = case
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.5)
    backend.sql(made.format(name))
    setup.enable(name, backend.dsn)
    table = ready(open_table())
    backend.sql(comes.format(name))
    until_state(table, "polling")
    problem = table.status.error
    assert problem is not None
    assert "by name are not announced" in problem.message
    assert f"rtwidget postgres enable {name} --dsn" in problem.hint
    setup.enable(name, backend.dsn)
    table.refresh()
    ready(table)


def test_a_temporary_table_below_belongs_to_its_session_alone(
    backend: LocalBackend, name: str
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    with psycopg.connect(backend.dsn) as other:
        other.execute(f"create temporary table mine () inherits ({name})".encode())
        other.commit()
        setup.enable(name, backend.dsn)
        assert setup.status(name, backend.dsn).enabled
        other.execute(f"update {name} set id = id + 1".encode())
