"""Whatever becomes of an enabled table: writes succeed, nothing is left unsaid, and it is said what to run."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.ear import EVERYTHING, Ear

KEYS = {"columns": ["id"], "keys": [[1], [2]]}
AGAIN = "Enable it again: run `rtwidget postgres enable {} --dsn ...`"
TRIGGER = "create or replace trigger rtwidget_update after {} for each {} execute function rtwidget_notify_{{0}}()"
ATTACHED = (
    "create table whole (id int not null, n int) partition by range (id);"
    "alter table whole attach partition {0} for values from (0) to (1000)"
)
WRITES = (
    "update {} set n = n + 1",
    "insert into {} (n) select 5 where false",
    "delete from {} where n > 1000",
    "with gone as (delete from {} where n > 1000 returning n) select * from gone",
    "merge into {} using (values (1)) as given(one) on false when matched then delete",
    "copy {} (n) from program 'true'",
)


def write(backend: LocalBackend, table: str) -> None:
    """Write in every way; none of these may raise."""
    for statement in WRITES:
        backend.sql(statement.format(table))


@pytest.mark.parametrize(
    "case",
    [
        ("alter table {0} rename id to uid", EVERYTHING, "by (id), which are not all"),
        ("alter table {0} drop column id", EVERYTHING, "by (id), which are not all"),
        (
            "alter table {0} drop column id; alter table {0} add uid int generated always as identity primary key",
            EVERYTHING,
            "by (id), which are not all",
        ),
        (
            "alter table {0} drop constraint {0}_pkey; alter table {0} add uid int generated always as identity primary key",
            KEYS,
            "its key is (uid) now",
        ),
        (
            "alter table {0} drop constraint {0}_pkey; alter table {0} add primary key (n, id)",
            None,
            "its key is (n, id) now",
        ),
        ("alter function rtwidget_notify_{0} set timezone = 'Asia/Tokyo'", KEYS, "was altered"),
        ("alter function rtwidget_notify_{0} reset all", KEYS, "was altered"),
        ("alter function rtwidget_notify_{0} security definer", KEYS, "was altered"),
        ("alter function rtwidget_notify_{0} immutable", None, "was altered"),
        (
            "create or replace function rtwidget_notify_{0}() returns trigger language plpgsql as 'begin return null; end'",
            None,
            "was altered",
        ),
        (
            TRIGGER.format("update on {0}", "statement when (false)"),
            None,
            "altered: rtwidget_update",
        ),
        (
            TRIGGER.format("update of id on {0}", "statement"),
            None,
            "altered: rtwidget_update",
        ),
        (
            TRIGGER.format("update on {0}", "row"),
            EVERYTHING,
            "altered: rtwidget_update",
        ),
        ("alter table {0} enable replica trigger rtwidget_update", None, "rtwidget_update"),
        ("create table heir_{0} () inherits ({0})", KEYS, "public.heir_{0} by name"),
    ],
)
def test_an_altered_table_is_written_to_and_has_to_be_enabled_again(
    backend: LocalBackend, enabled: str, ear: Ear, case: tuple[str, object, str]
) -> None:
    change, heard, why = case
    backend.sql(change.format(enabled))
    write(backend, enabled)
    said = ear.payloads()
    assert heard is None or said[0] == heard
    found = setup.status(enabled, backend.dsn)
    assert not found.enabled
    assert why.format(enabled) in str(found)
    assert AGAIN.format(enabled) in str(found)


@pytest.mark.parametrize(
    "change",
    [
        "alter function rtwidget_notify_{0} rename to another_name",
        "create schema other; alter function rtwidget_notify_{0} set schema other",
        "alter function rtwidget_notify_{0} owner to authenticated",
        "alter trigger rtwidget_update on {0} rename to mine",
        "alter table {0} disable trigger all; alter table {0} enable trigger all",
        "alter table {0} enable row level security; alter table {0} force row level security",
        "alter table {0} add more text default 'x'",
        "alter table {0} rename n to m; alter table {0} add n int default 0",
        ATTACHED,
        "create table parent (id int not null, n int); alter table {0} inherit parent",
        "set session_replication_role = replica",
        "set standard_conforming_strings = off; set escape_string_warning = off",
        "set plpgsql.extra_errors = 'all'; set plpgsql.variable_conflict = 'use_column'",
        "set row_security = off; set quote_all_identifiers = on; set lc_monetary = 'C'",
    ],
)
def test_what_does_not_matter_changes_nothing(
    backend: LocalBackend, enabled: str, ear: Ear, change: str
) -> None:
    if change.startswith("set "):
        # Another session has no plans yet, so the function is compiled under these settings.
        with psycopg.connect(backend.dsn, autocommit=True) as connection:
            connection.execute(change.encode())
            connection.execute(f"update {enabled} set n = 2".encode())
    else:
        backend.sql(change.format(enabled))
        backend.sql(f"update {enabled} set n = 2")
    try:
        assert ear.payloads() == [KEYS]
        assert setup.status(enabled, backend.dsn).enabled
    finally:
        setup.disable(enabled, backend.dsn)
        assert backend.sql("select from pg_trigger where tgname like 'rtwidget%'") == []
        assert backend.sql("select from pg_proc where strpos(prosrc, %s) > 0", enabled) == []
        backend.sql(f"drop table {enabled}; drop table if exists whole, parent")
        backend.sql("drop schema if exists other")


def test_rights_that_everybody_has_may_be_missing(
    backend: LocalBackend, web: str, enabled: str, ear: Ear
) -> None:
    for function in ("pg_notify(text, text)", 'json_build_array(variadic "any")'):
        backend.sql(f"revoke execute on function {function} from public")
        try:
            with psycopg.connect(web) as connection:
                connection.execute(f"update {enabled} set n = n + 1".encode())
        finally:
            backend.sql(f"grant execute on function {function} to public")
        assert ear.payloads() == [EVERYTHING]


def test_values_that_cannot_be_written_as_keys(backend: LocalBackend, name: str) -> None:
    backend.sql(
        f"create type odd_{name} as enum ('a'); create table {name} (id text, n odd_{name});"
        f"create function spell_{name}(odd_{name}) returns json language plpgsql as $$ begin raise 'no'; end $$;"
        f"create cast (odd_{name} as json) with function spell_{name}(odd_{name})"
    )
    setup.enable(name, backend.dsn, primary_key=["id", "n"])
    hearing = Ear(backend.dsn, name)
    try:
        backend.sql(f"insert into {name} values ('x', 'a')")
        assert hearing.payloads() == [EVERYTHING]
        backend.sql(f"alter table {name} drop n; alter table {name} add n int default 1")
        backend.sql(f"insert into {name} select repeat('x', 10000000) from generate_series(1, 3)")
        assert hearing.payloads() == [EVERYTHING]
        assert setup.status(name, backend.dsn).enabled
    finally:
        hearing.close()
        backend.sql(f"drop table {name}; drop type odd_{name} cascade")
