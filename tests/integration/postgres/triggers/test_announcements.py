"""What the triggers say: keys and nothing else, bounded, whatever the writer is."""

from __future__ import annotations

import psycopg

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.ear import EVERYTHING, Ear


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
    # Short keys: more than the most, though they would fit into one payload.
    backend.sql(f"insert into {name} select 'x' || g from generate_series(1, 1001) g")
    assert ear.payloads() == [EVERYTHING]
    # Long keys: fewer than the most, but more bytes than a few payloads hold.
    backend.sql(f"insert into {name} select g || repeat('é', 1000) from generate_series(1, 100) g")
    assert ear.payloads() == [EVERYTHING]
    backend.sql(f"insert into {name} values (repeat('k', 2500)), (%s)", "'\\\"" * 100)
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
        backend.sql(f"create table {quoted} ({quoted} int primary key)")
        hearing = Ear(backend.dsn, odd)
        try:
            setup.enable(odd, backend.dsn)
            assert setup.status(odd, backend.dsn).enabled
            backend.sql(f"insert into {quoted} values (4)")
            assert hearing.payloads() == [{"columns": [odd], "keys": [[4]]}]
            setup.disable(odd, backend.dsn)
            assert not setup.status(odd, backend.dsn).enabled
        finally:
            hearing.close()
            backend.sql(f"drop table {quoted}")


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
    assert (found.enabled, found.silent_partitions) == (False, (f"public.{name}_3",))
    assert f"public.{name}_3" in str(found)
    setup.enable(name, backend.dsn)
    backend.sql(f"truncate {name}_3")
    assert ear.payloads() == [EVERYTHING]
    setup.disable(name, backend.dsn)
    assert backend.sql("select from pg_trigger where tgname like 'rtwidget%'") == []
