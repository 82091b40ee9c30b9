"""What `enable`, `disable` and `status` make of triggers that are there already, and what they say of them."""

from __future__ import annotations

import pytest

from rtwidget.cli import main
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.old_triggers import enable_as_before
from tests.integration.postgres.triggers.test_altered_tables import AGAIN


def test_columns_that_were_named_are_named_again(backend: LocalBackend, name: str) -> None:
    backend.sql(f"create table {name} (id int primary key, code text not null, more int)")
    setup.enable(name, backend.dsn, primary_key=["code", "more"])
    assert setup.status(name, backend.dsn).enabled
    backend.sql(f"alter table {name} disable trigger rtwidget_insert")
    assert f"enable {name} --key code,more --dsn" in setup.status(name, backend.dsn).mend
    backend.sql(f"alter table {name} drop more")
    assert f"enable {name} --dsn" in setup.status(name, backend.dsn).mend


def test_triggers_of_an_older_version_are_known_replaced_and_removed(
    backend: LocalBackend, name: str
) -> None:
    backend.sql(
        f"create table {name} (id int primary key) partition by range (id);"
        f"create table {name}_1 partition of {name} for values from (0) to (9)"
    )
    enable_as_before(backend, name, f"{name}_1")
    found = setup.status(name, backend.dsn)
    assert not found.enabled
    assert "older version" in str(found)
    assert AGAIN.format(name) in str(found)
    setup.enable(name, backend.dsn)
    assert setup.status(name, backend.dsn).enabled
    count = "select count(*) from pg_trigger where tgname like 'rtwidget%'"
    assert backend.sql(count) == [(8,)]
    enable_as_before(backend, name, f"{name}_1")
    setup.disable(name, backend.dsn)
    assert backend.sql(count) == [(0,)]
    assert backend.sql("select from pg_proc where proname = %s", f"rtwidget_notify_{name}") == []


def test_enabling_says_what_a_full_queue_does(
    backend: LocalBackend, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    assert main(["postgres", "enable", name, "--dsn", backend.dsn]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"public.{name} announces its changes.\n")
    assert "NOTIFY queue is full, every write to the table fails" in said
    assert "create or replace" not in said
    assert main(["postgres", "enable", name, "--dsn", backend.dsn, "--dry-run"]) == 0
    planned = capsys.readouterr().out
    assert planned.startswith("-- Know this: once the server's NOTIFY queue is full")
    assert "queue" in (setup.enable.__doc__ or "")


def test_what_is_said_of_a_name_with_line_breaks_is_still_a_comment(backend: LocalBackend) -> None:
    odd = "a\nselect 'b'; --"
    backend.sql(f'create table "{odd}" (id int primary key)')
    backend.sql(f'create table "h{odd}" () inherits ("{odd}")')
    try:
        planned = setup.enable(odd, backend.dsn)
        comments = planned.partition("create or replace")[0].splitlines()
        assert comments
        assert all(line.startswith("-- ") for line in comments)
        assert setup.status(odd, backend.dsn).enabled
    finally:
        backend.sql(f'drop table "{odd}" cascade')
        setup.disable(odd, backend.dsn)
