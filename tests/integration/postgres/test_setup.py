"""`enable`, `disable`, `status`: idempotent, exactly undone, and what the triggers say."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
from rtwidget.sources.postgres.channel import TRIGGERS, channel_of

EVERYTHING = {"everything": True}


class Ear:
    """Hears what is said on a table's channel."""

    def __init__(self, dsn: str, table: str, schema: str = "public") -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._connection.execute(
            psycopg.sql.SQL("listen {}").format(psycopg.sql.Identifier(channel_of(schema, table)))
        )

    def payloads(self) -> list[Any]:
        """Return everything that was said before now."""
        self._connection.execute("select pg_notify(%s, 'end')", (self._channel(),))
        found = []
        for one in self._connection.notifies(timeout=5):
            if one.payload == "end":
                return found
            found.append(json.loads(one.payload))
        raise AssertionError("Our own word was not heard.")

    def keys(self) -> list[Any]:
        """Return the keys of all that was said before now, sorted."""
        return sorted(key for payload in self.payloads() for key in payload["keys"])

    def close(self) -> None:
        self._connection.close()

    def _channel(self) -> str:
        return str(self._connection.execute("select pg_listening_channels()").fetchall()[0][0])


@pytest.fixture
def ear(backend: LocalBackend, name: str) -> Iterator[Ear]:
    hearing = Ear(backend.dsn, name)
    yield hearing
    hearing.close()


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


def test_each_statement_names_its_keys_and_nothing_else(
    backend: LocalBackend, name: str, ear: Ear
) -> None:
    backend.sql(f"create table {name} (note text, no int, region text, primary key (region, no))")
    setup.enable(name, backend.dsn)
    backend.sql(f"insert into {name} values ('secret', 1, 'a'), ('secret', 2, 'b\"\\')")
    assert ear.payloads() == [{"columns": ["region", "no"], "keys": [["a", 1], ['b"\\', 2]]}]
    backend.sql(f"update {name} set no = 3 where no = 1")
    assert ear.keys() == [["a", 1], ["a", 3]]
    backend.sql(f"update {name} set note = 'x' where no = 3")
    assert ear.keys() == [["a", 3]]
    backend.sql(f"update {name} set note = 'x' where no = 99; delete from {name} where no = 99")
    assert ear.payloads() == []
    backend.sql(f"delete from {name}")
    assert ear.keys() == [["a", 3], ['b"\\', 2]]
    backend.sql(
        f"insert into {name} values ('x', 1, 'a') on conflict (region, no) do update set note = 'y'"
    )
    assert ear.keys() == [["a", 1]]
    backend.sql(f"begin; insert into {name} values ('x', 7, 'a'); rollback")
    assert ear.payloads() == []
    backend.sql(f"truncate {name}")
    assert ear.payloads() == [EVERYTHING]


def test_many_keys_come_in_several_payloads_and_more_as_everything(
    backend: LocalBackend, name: str, ear: Ear
) -> None:
    backend.sql(f"create table {name} (id text primary key)")
    setup.enable(name, backend.dsn)
    backend.sql(
        f"insert into {name} select 'naïve ' || g || repeat('é', 5) from generate_series(1, 1000) g"
    )
    payloads = ear.payloads()
    assert 1 < len(payloads) <= 8
    assert len({key[0] for payload in payloads for key in payload["keys"]}) == 1000
    backend.sql(f"update {name} set id = id || 'x'")
    assert ear.payloads() == [EVERYTHING]
    backend.sql(f"delete from {name}")
    assert len(ear.keys()) == 1000
    backend.sql(f"insert into {name} select g::text from generate_series(1, 100000) g")
    assert ear.payloads() == [EVERYTHING]
    # Long keys: fewer than the most, but more bytes than a few payloads hold.
    backend.sql(f"insert into {name} select g || repeat('é', 1000) from generate_series(1, 100) g")
    assert ear.payloads() == [EVERYTHING]
    backend._live_connection().execute(
        f"insert into {name} values (repeat('k', 2500)), (%s)", ("'\\\"" * 100,)
    )
    assert len(ear.keys()) == 2
    backend.sql(
        f"alter table {name} drop constraint {name}_pkey; insert into {name} values (repeat('k', 9000))"
    )
    assert ear.payloads() == [EVERYTHING]


def test_the_writers_settings_do_not_change_what_is_said(
    backend: LocalBackend, name: str, ear: Ear
) -> None:
    backend.sql(f"create table {name} (at timestamptz primary key)")
    setup.enable(name, backend.dsn)
    backend.sql(
        "set timezone = 'Asia/Tokyo'; set datestyle = 'German'; set search_path = pg_temp;"
        f" insert into public.{name} values ('2024-01-01 00:00:00+00');"
        " reset timezone; reset datestyle; reset search_path"
    )
    assert ear.keys() == [["2024-01-01T00:00:00+00:00"]]


def test_a_writer_without_any_other_right_can_write(
    backend: LocalBackend, web: str, name: str, ear: Ear
) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    setup.enable(name, backend.dsn)
    backend.sql(f"revoke all on {name} from authenticated; grant insert (id) on {name} to web")
    with psycopg.connect(web) as connection:
        connection.execute(f"insert into {name} (id) values (5)".encode())
    assert ear.keys() == [[5]]


def test_names_that_need_quotes_and_long_names(backend: LocalBackend) -> None:
    for odd in ('select "x"; --', "a.b", "naïve", "%", "$rtwidget$", "n" * 63, "'"):
        quoted = '"' + odd.replace('"', '""') + '"'
        connection = backend._live_connection()
        connection.execute(f"create table {quoted} ({quoted} int primary key)".encode())
        hearing = Ear(backend.dsn, odd)
        try:
            setup.enable(odd, backend.dsn)
            assert setup.status(odd, backend.dsn).enabled
            connection.execute(f"insert into {quoted} values (4)".encode())
            assert hearing.payloads() == [{"columns": [odd], "keys": [[4]]}]
            setup.disable(odd, backend.dsn)
            assert not setup.status(odd, backend.dsn).enabled
        finally:
            hearing.close()
            connection.execute(f"drop table {quoted}".encode())


def test_partitions_announce_on_the_channel_of_the_whole(
    backend: LocalBackend, name: str, ear: Ear
) -> None:
    backend.sql(
        f"create table {name} (id int primary key) partition by range (id);"
        f"create table {name}_1 partition of {name} for values from (0) to (10);"
        f"create table {name}_2 partition of {name} for values from (10) to (20)"
    )
    setup.enable(name, backend.dsn)
    backend.sql(f"insert into {name} values (1), (11)")
    assert ear.keys() == [[1], [11]]
    backend.sql(f"update {name} set id = 12 where id = 1")
    assert ear.keys() == [[1], [12]]
    backend.sql(f"insert into {name}_1 values (2)")
    assert ear.keys() == [[2]]
    backend.sql(f"create table {name}_3 partition of {name} for values from (20) to (30)")
    found = setup.status(name, backend.dsn)
    assert (found.enabled, found.silent_partitions) == (True, (f"public.{name}_3",))
    assert f"public.{name}_3" in str(found)
    setup.enable(name, backend.dsn)
    backend.sql(f"truncate {name}_3")
    assert ear.payloads() == [EVERYTHING]
    setup.disable(name, backend.dsn)
    assert backend.sql("select from pg_trigger where tgname like 'rtwidget%'") == []


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
    monkeypatch.setattr("rtwidget.sources.postgres.owner_session.LOCK_S", 1)
    with psycopg.connect(backend.dsn) as connection:
        connection.execute(f"lock table {name} in access exclusive mode".encode())
        with pytest.raises(SourceError, match="in use"):
            setup.enable(name, backend.dsn)


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
