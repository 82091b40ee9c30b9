"""`enable`, `disable`, `status`: idempotent, exactly undone, and what the triggers say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from rtwidget.cli import main
from rtwidget.errors import (
    ArgumentError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.listen.channel import TRIGGERS
from tests.integration.postgres.conftest import until_true


def objects(backend: LocalBackend) -> list[tuple[Any, ...]]:
    """Return every trigger, function and comment there is."""
    return backend.sql(
        "select 'trigger', tgrelid::regclass::text, tgname from pg_trigger"
        " union all select 'function', pronamespace::regnamespace::text, proname from pg_proc"
        " union all select 'comment', objoid::text, description from pg_description order by 1, 2, 3"
    )


def test_enable_twice_is_once_and_disable_leaves_nothing(backend: LocalBackend, name: str) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    before = objects(backend)
    planned = setup.enable(name, backend.dsn, dry_run=True)
    assert objects(backend) == before
    assert setup.enable(name, backend.dsn) == planned
    once = objects(backend)
    made = [row for row in once if row not in before]
    assert len([row for row in made if row[0] == "trigger"]) == 4
    assert all("rtwidget" in row[2] for row in made)
    setup.enable(name, backend.dsn)
    assert objects(backend) == once
    assert setup.status(name, backend.dsn).enabled
    setup.disable(name, backend.dsn, dry_run=True)
    assert objects(backend) == once
    setup.disable(name, backend.dsn)
    assert objects(backend) == before
    setup.disable(name, backend.dsn)
    found = setup.status(name, backend.dsn)
    assert (found.enabled, found.missing) == (False, TRIGGERS)


def test_the_printed_sql_does_it_too(backend: LocalBackend, name: str) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(setup.enable(name, backend.dsn, dry_run=True))
    assert setup.status(name, backend.dsn).enabled
    backend.sql(setup.disable(name, backend.dsn, dry_run=True))
    assert not setup.status(name, backend.dsn).enabled


def test_a_renamed_table_is_not_enabled_any_more(backend: LocalBackend, name: str) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    setup.enable(name, backend.dsn)
    backend.sql(f"alter table {name} rename to {name}_new")
    try:
        assert not setup.status(f"{name}_new", backend.dsn).enabled
        setup.enable(f"{name}_new", backend.dsn)
        assert setup.status(f"{name}_new", backend.dsn).enabled
    finally:
        backend.sql(f"drop table {name}_new")
        setup.disable(f"{name}_new", backend.dsn)


def test_a_trigger_that_was_disabled_by_hand_is_seen_and_enabled(
    backend: LocalBackend, name: str
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    setup.enable(name, backend.dsn)
    backend.sql(f"alter table {name} disable trigger rtwidget_update")
    assert setup.status(name, backend.dsn).missing == ("rtwidget_update",)
    setup.enable(name, backend.dsn)
    assert setup.status(name, backend.dsn).enabled


def test_what_cannot_announce_is_refused_in_a_sentence(
    backend: LocalBackend, web: str, name: str
) -> None:
    with pytest.raises(TableNotFoundError):
        setup.enable(name, backend.dsn)
    backend.sql(
        f"create table {name} (id int not null); create view v_{name} as select * from {name}"
    )
    with pytest.raises(ArgumentError, match="is a view"):
        setup.enable(f"v_{name}", backend.dsn)
    with pytest.raises(KeyNotUniqueError, match="no primary key"):
        setup.enable(name, backend.dsn)
    with pytest.raises(KeyNotUniqueError, match="nope"):
        setup.enable(name, backend.dsn, primary_key=["nope"])
    with pytest.raises(PermissionDeniedError, match="owner"):
        setup.enable(name, web, primary_key=["id"])
    setup.enable(name, backend.dsn, primary_key=["id"])
    assert setup.status(name, web).enabled


def test_a_table_in_use_is_not_waited_for_for_ever(
    backend: LocalBackend, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    monkeypatch.setattr("rtwidget.sources.postgres.triggers.owner_session.LOCK_S", 1)
    with psycopg.connect(backend.dsn) as connection:
        connection.execute(f"lock table {name} in access exclusive mode".encode())
        with pytest.raises(SourceError, match="in use"):
            setup.enable(name, backend.dsn)


def test_no_writer_fails_or_waits_long_while_a_table_in_use_is_enabled(
    backend: LocalBackend, name: str
) -> None:
    backend.sql(
        f"create table {name} (id int primary key) partition by range (id);"
        f"create table {name}_1 partition of {name} for values from (0) to (100)"
    )
    with psycopg.connect(backend.dsn) as writer, ThreadPoolExecutor(1) as pool:
        writer.execute(f"insert into {name}_1 values (1)".encode())
        enabling = pool.submit(setup.enable, name, backend.dsn)
        waiting = f"select from pg_locks where relation = '{name}_1'::regclass and not granted"
        until_true(lambda: bool(backend.sql(waiting)), "A wait of enable")
        # A circle: the partition is ours, the whole is enable's.
        writer.execute("set deadlock_timeout = '60s'; set lock_timeout = '30s'")
        writer.execute(f"insert into {name} values (2)".encode())
        assert not enabling.done()
        writer.commit()
        enabling.result()
    assert setup.status(name, backend.dsn).enabled


def test_several_enable_and_disable_at_once(backend: LocalBackend, name: str) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    with ThreadPoolExecutor(6) as pool:
        turns = [setup.enable, setup.enable, setup.disable] * 6
        for done in [pool.submit(turn, name, backend.dsn) for turn in turns]:
            done.result()
    setup.enable(name, backend.dsn)
    assert setup.status(name, backend.dsn).enabled


def test_the_command(backend: LocalBackend, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    run = ["postgres", "enable", name, "--dsn", backend.dsn]
    assert main([*run, "--dry-run"]) == 0
    assert "create or replace trigger" in capsys.readouterr().out
    assert main(["postgres", "status", name, "--dsn", backend.dsn]) == 1
    assert main(run) == 0
    assert main(["postgres", "status", name, "--dsn", backend.dsn]) == 0
    assert f"public.{name} announces its changes" in capsys.readouterr().out
    assert main(["postgres", "disable", name, "--dsn", backend.dsn]) == 0
    assert main(["postgres", "enable", "no_such", "--dsn", backend.dsn]) == 1
    assert "no table no_such" in capsys.readouterr().err
    assert main(["postgres", "enable", name, "--key", "id,nope", "--dsn", backend.dsn]) == 1
    assert "nope" in capsys.readouterr().err


def test_the_password_of_a_refused_login_is_nowhere(
    backend: LocalBackend, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "postgresql://postgres:hunter2secret@" + backend.dsn.partition("@")[2]
    assert main(["postgres", "status", "t", "--dsn", wrong]) == 1
    shown = capsys.readouterr()
    assert "password authentication failed" in shown.err
    assert "hunter2secret" not in shown.out + shown.err
